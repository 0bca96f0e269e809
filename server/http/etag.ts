/** An entity tag as HTTP wants it in the ETag header. */
export const etagHeader = (etag: string): string => `"${etag}"`;

/**
 * Whether a change may go on under If-Match (RFC 9110 §13.1.1). The contract takes tags bare too.
 * @param ifMatch the header: absent, `*`, or tags such as `"a1b2"`, `a1b2`, `W/"a1b2"`, several with commas between
 * @param etag what the thing has now
 */
export function mayChange(ifMatch: string | undefined, etag: string): boolean {
  if (ifMatch === undefined) return true;
  const tags = ifMatch.split(',').map((tag) =>
    tag
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1'),
  );
  return tags.includes('*') || tags.includes(etag);
}
