export interface Cookies {
  readonly session: string;
  readonly oidc: string;
  /** A Set-Cookie header. @param seconds how long the browser keeps it; 0 takes it away */
  set(name: string, value: string, seconds: number): string;
}

/**
 * The names and attributes of our cookies. Under https the prefix `__Host-` makes browsers refuse them from anywhere but this very
 * host, subdomains' pages included.
 */
export function cookiesFor(publicUrl: string): Cookies {
  const isSecure = publicUrl.startsWith('https:');
  const prefix = isSecure ? '__Host-' : '';
  return {
    session: `${prefix}countersign_session`,
    oidc: `${prefix}countersign_oidc`,
    set: (name, value, seconds) =>
      `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`,
  };
}

/** One cookie's value out of a Cookie header; the first, where a name is given twice (RFC 6265 §5.4: of the longest path). */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
