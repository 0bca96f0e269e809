import { lookup } from 'node:dns/promises';

import { isThisMachine, kindOf, literalAddress } from './address.ts';
import { portOf } from './allow-list.ts';
import { denied, httpError } from './refusal.ts';
import type { Route } from './route.ts';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a host name. Rejects when it has none. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

/** The system's own resolver, /etc/hosts included: what a connection by name would find. */
export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }));

const KIND_NAMES = {
  public: 'a public',
  private: 'a private',
  loopback: 'a loopback',
  linkLocal: 'a link-local',
  reserved: 'a reserved',
} as const;

function mayReach(address: string, route: Route, isLiteral: boolean): boolean {
  const kind = kindOf(address);
  if (route.reach === 'base') return kind !== 'reserved' || isThisMachine(address);
  if (kind === 'public') return true;
  if (route.reach === 'public' || kind === 'reserved') return false;
  // Cloud metadata lives at a link-local address. No honest name leads there, a rebinding one does.
  return kind !== 'linkLocal' || isLiteral;
}

function check(address: string, route: Route, isLiteral: boolean, ownPorts: ReadonlySet<number>): void {
  const { target, url } = route;
  if (!mayReach(address, route, isLiteral)) {
    const place = isLiteral ? `${url.host} is` : `${url.hostname} resolves to`;
    const remedy =
      route.reach === 'public' && kindOf(address) !== 'reserved'
        ? ` Only an allowed host with its port, "${url.hostname}:${portOf(url)}", would let scripts call it.`
        : '';
    throw denied(`${place} ${KIND_NAMES[kindOf(address)]} address.${remedy}`);
  }
  if (route.reach !== 'base' && ownPorts.has(portOf(target)) && isThisMachine(address))
    throw denied(`${url.origin}${url.pathname} is refused: scripts cannot call this server itself.`);
}

/**
 * The addresses of a route's target, every one checked. The connection is made to these and no others: the name is not resolved
 * again, so a name that changes its address between check and connect (DNS rebinding) gains nothing.
 * `ownPorts` are the ports this server listens on. Throws a Refusal: EGRESS_DENIED, or HTTP_ERROR when the name is unknown.
 */
export async function checkedAddresses(
  route: Route,
  resolve: Resolve,
  ownPorts: ReadonlySet<number>,
): Promise<readonly Address[]> {
  const literal = literalAddress(route.target.hostname);
  if (literal !== null) {
    check(literal, route, true, ownPorts);
    return [{ address: literal, family: literal.includes(':') ? 6 : 4 }];
  }
  const addresses = await resolve(route.target.hostname);
  if (addresses.length === 0) throw httpError(`${route.target.hostname} has no address.`);
  for (const { address } of addresses) check(address, route, false, ownPorts);
  return addresses;
}
