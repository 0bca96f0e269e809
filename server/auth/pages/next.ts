/** Where somebody goes who asked for nothing else. */
const HOME = '/';
const LONGEST = 2_000;
/** Any host does: it only shows whether a text leads away from it. */
const HERE = 'http://here.invalid';

/**
 * Where to go after signing in: the page of this very hub that was asked for, else home. A link to the sign-in page must not be
 * able to lead to another site, whatever it carries.
 * @param asked `next` of the query, as it came
 */
export function placeAfter(asked: unknown): string {
  if (typeof asked !== 'string' || !asked.startsWith('/') || asked.length > LONGEST) return HOME;
  // As browsers read it: they take //host and /\\host for another host, and drop tabs and line ends.
  const url = URL.parse(asked, HERE);
  if (url?.origin !== HERE) return HOME;
  const place = url.pathname + url.search + url.hash;
  const leadsBack = url.pathname === '/sign-in' || url.pathname.startsWith('/sign-in/');
  // What is left after reading must not be a host's name either.
  return leadsBack || place.startsWith('//') ? HOME : place;
}

/** A path of the sign-in pages that remembers where to go afterwards. */
export const withNext = (path: string, next: string): string =>
  next === HOME ? path : `${path}?next=${encodeURIComponent(next)}`;
