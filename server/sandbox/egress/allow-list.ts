import { literalAddress } from './address.ts';

/** One host an admin allows. With `port` null it means https on port 443 at public addresses only. */
export interface AllowedHost {
  readonly host: string;
  readonly port: number | null;
}

/** A host name or address as URLs spell it: lower case, punycode, IPv4 in four decimals, IPv6 in brackets, no dot at the end. */
export const plainHost = (hostname: string): string => hostname.replace(/\.$/, '').toLowerCase();

/** The port a URL really uses. */
export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

const wrong = (text: string, why: string): Error =>
  new Error(
    `Allowed host "${text}": ${why}. Write a host ("api.example.com") or a host and port ("127.0.0.1:8080").`,
  );

/**
 * Reads one entry of a channel's allowed hosts, `host` or `host:port` (IPv6 in brackets).
 * Throws an Error that names the entry and says what to write instead.
 */
export function readAllowedHost(text: string): AllowedHost {
  if (text.includes('*')) throw wrong(text, 'wildcards are not possible');
  if (/[/?#@\\\s]/.test(text)) throw wrong(text, 'it is more than a host');
  const [, name = '', port] = /^(.+?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535))
    throw wrong(text, 'a port is 1 to 65535');
  const url = URL.parse(`https://${name}/`);
  if (url === null || url.port !== '' || url.hostname === '') throw wrong(text, 'it is not a host');
  return { host: plainHost(url.hostname), port: port === undefined ? null : Number(port) };
}

/** The entry that allows this URL, or null. An entry with a port is preferred, because it allows more. */
export function allowedBy(url: URL, entries: readonly AllowedHost[]): AllowedHost | null {
  const fits = entries.filter(
    ({ host, port }) =>
      host === url.hostname &&
      (port === null ? url.protocol === 'https:' && portOf(url) === 443 : port === portOf(url)),
  );
  return fits.find(({ port }) => port !== null) ?? fits[0] ?? null;
}

/** How to write this URL's host and port in the allowed hosts. */
export const entryFor = (url: URL): string =>
  url.protocol === 'https:' && portOf(url) === 443 && literalAddress(url.hostname) === null
    ? url.hostname
    : `${url.hostname}:${portOf(url)}`;
