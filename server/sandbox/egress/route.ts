import { isThisMachine, literalAddress } from './address.ts';
import { allowedBy, entryFor, plainHost, portOf, readAllowedHost } from './allow-list.ts';
import { climbs, comparablePath, opensControl, pathBelow } from './paths.ts';
import type { EgressPolicy } from './policy.ts';
import { denied } from './refusal.ts';

/**
 * Which addresses a route may lead to. `public`: a name or address open to the world. `named`: an admin wrote host and port, so
 * private and loopback too. `base`: an admin wrote the whole base URL.
 */
export type Reach = 'public' | 'named' | 'base';

/** Where one call goes. `url` is what the script means, `target` what is really called. */
export interface Route {
  readonly url: URL;
  readonly target: URL;
  readonly reach: Reach;
  /** The path as the provider knows it (one spelling, see comparablePath); null when this is not the provider. */
  readonly providerPath: string | null;
}

interface Base {
  readonly origin: string;
  readonly prefix: string;
}

/** What decides where a call may go. */
type Rules = Pick<EgressPolicy, 'providerHosts' | 'allowedHosts' | 'ownOrigins'>;

const isOwn = (origin: string, policy: Rules): boolean =>
  policy.ownOrigins.some((own) => URL.parse(own)?.origin === origin);

const isHere = (hostname: string): boolean =>
  hostname === 'localhost' || isThisMachine(literalAddress(hostname) ?? '');

/** The ports this server is called at. */
export const ownPorts = ({ ownOrigins }: Pick<EgressPolicy, 'ownOrigins'>): ReadonlySet<number> =>
  new Set(ownOrigins.map((origin) => portOf(new URL(origin))));

function readBase(text: string, policy: Rules): Base {
  const url = URL.parse(text);
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username + url.password + url.search + url.hash
  )
    throw new Error(`API base URL "${text}": write http:// or https://, a host and at most a path.`);
  const base = { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') };
  if (
    base.prefix === '' &&
    (isOwn(base.origin, policy) || (ownPorts(policy).has(portOf(url)) && isHere(url.hostname)))
  )
    throw new Error(
      `API base URL "${text}" is this server itself: add the simulator's path, such as /simulator/<provider>.`,
    );
  return base;
}

/**
 * Reads the URL a script (or a redirect) gave. The WHATWG parser has one answer for every spelling of a host: decimal, octal, hex
 * and short IPv4, full-width digits, punycode, upper case. Throws a Refusal for anything but http(s) without credentials.
 */
export function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw denied(`"${text.slice(0, 200)}" is not a whole URL: write https://host/path.`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw denied(`${url.protocol} URLs cannot be called, only https: and http:.`);
  if (url.username !== '' || url.password !== '')
    throw denied(
      `A URL must not carry a user name or password: send an Authorization header to ${url.host}.`,
    );
  url.hostname = plainHost(url.hostname);
  url.hash = '';
  return url;
}

/** Makes the function that finds a URL's route under this policy. It throws a Refusal (EGRESS_DENIED) when there is none. */
export function routesOf(policy: Rules): (url: URL) => Route {
  const hosts = policy.providerHosts.map(({ host, base }) => ({
    host: plainHost(host),
    base: base ? readBase(base, policy) : null,
  }));
  const bases = hosts.flatMap(({ base }) => base ?? []);
  const allowed = policy.allowedHosts.map(readAllowedHost);

  const toAllowed = (url: URL): Route | null => {
    const entry = allowedBy(url, allowed);
    return entry && { url, target: url, reach: entry.port === null ? 'public' : 'named', providerPath: null };
  };

  const toProvider = (url: URL): Route | null => {
    const provider = hosts.find(({ host }) => host === url.hostname);
    if (provider === undefined || url.protocol !== 'https:' || portOf(url) !== 443) return null;
    const providerPath = comparablePath(url.pathname);
    if (provider.base === null)
      return { url, target: url, reach: toAllowed(url)?.reach ?? 'public', providerPath };
    if (climbs(url.pathname))
      throw denied(`The path ${url.pathname} could lead out of the channel's API base URL.`);
    const { origin, prefix } = provider.base;
    return {
      url,
      target: new URL(`${origin}${prefix}${url.pathname}${url.search}`),
      reach: 'base',
      providerPath,
    };
  };

  const toBase = (url: URL): Route | null => {
    for (const { prefix } of bases.filter(({ origin }) => origin === url.origin)) {
      const path = pathBelow(url.pathname, prefix);
      if (path !== null) return { url, target: url, reach: 'base', providerPath: comparablePath(path) };
    }
    return null;
  };

  return (url) => {
    if (opensControl(url.pathname))
      throw denied(`${url.origin}${url.pathname} is refused: a simulator's _control is not for scripts.`);
    const route = toProvider(url) ?? toBase(url);
    if (route !== null) return route;
    if (isOwn(url.origin, policy))
      throw denied(`${url.origin}${url.pathname} is refused: scripts cannot call this server itself.`);
    const other = toAllowed(url);
    if (other !== null) return other;
    if (bases.some(({ origin }) => origin === url.origin))
      throw denied(`${url.origin}${url.pathname} is outside the path of the channel's API base URL.`);
    const known = [...hosts.map(({ host }) => host), ...policy.allowedHosts];
    throw denied(
      `${url.protocol}//${url.host} is not a host this script may call (${known.join(', ') || 'none is'} allowed). ` +
        `An admin can add "${entryFor(url)}" to the channel's allowed hosts.`,
    );
  };
}
