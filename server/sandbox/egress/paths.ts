// A server may decode a path more often than we do. Nobody honest encodes deeper than this.
const DECODE_PASSES = 6;

// Some servers drop these.
const BLANK_OR_CONTROL = /[\p{Cc}\p{White_Space}]/gu;

const decodeOnce = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/**
 * The segments of a URL's path as the most lenient server could read them: decoded until nothing is left to decode, a backslash
 * read as a slash, `;parameters`, blanks and control characters dropped, lower case, empty segments dropped. Null when the path
 * is encoded so deep that only an attack explains it.
 */
export function lenientSegments(pathname: string): string[] | null {
  let text = pathname;
  for (let pass = 0; decodeOnce(text) !== text; pass += 1) {
    if (pass === DECODE_PASSES) return null;
    text = decodeOnce(text);
  }
  return text
    .split(/[/\\]/)
    .map((segment) => segment.replace(/;.*$/su, '').replace(BLANK_OR_CONTROL, '').toLowerCase())
    .filter((segment) => segment !== '');
}

/** Whether some server could read this path as leading upwards. The URL parser has already resolved plain and `%2e` dots. */
export function climbs(pathname: string): boolean {
  const segments = lenientSegments(pathname);
  return segments === null || segments.includes('..') || segments.includes('.');
}

/** Whether some server could read a `_control` segment in this path: a simulator's control door, never a script's business. */
export function opensControl(pathname: string): boolean {
  const segments = lenientSegments(pathname);
  return segments === null || segments.includes('_control');
}

/** One spelling for all paths that a lenient server takes for the same; for comparing, never for sending. */
export const comparablePath = (pathname: string): string =>
  `/${(lenientSegments(pathname) ?? [pathname]).join('/')}`;

/** The path below a base's prefix (`/a/b` under `/a` is `/b`), or null when it is not below it on whole segments. */
export function pathBelow(pathname: string, prefix: string): string | null {
  if (climbs(pathname)) return null;
  if (pathname === prefix) return '/';
  return pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : null;
}
