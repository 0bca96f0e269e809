import type { LookupFunction } from 'node:net';
import { pinnedLookup } from './connections.ts';
import type { EgressPolicy } from './policy.ts';
import { denied } from './refusal.ts';
import { checkedAddresses, systemResolve } from './resolve.ts';
import type { Resolve } from './resolve.ts';
import { ownPorts, readUrl, routesOf } from './route.ts';

/** A place that may be connected to, and nothing else: the name leads to the addresses that were checked, whatever DNS says by now. */
export interface Dial {
  /** `ws:` or `wss:`. */
  readonly url: URL;
  readonly lookup: LookupFunction;
}

/**
 * Checks where a connection that the hub itself holds would go, by the rules that hold for scripts' calls: a provider's host, the
 * channel's base URL under its path, or what an admin allowed; every address looked at.
 * @param text a WebSocket's address as the provider named it
 * @throws Refusal, whose words name neither path nor query: a ticket stands there
 */
export async function dial(
  policy: Pick<EgressPolicy, 'providerHosts' | 'allowedHosts' | 'ownOrigins'>,
  text: string,
  resolve: Resolve = systemResolve,
): Promise<Dial> {
  const given = URL.parse(text);
  if (given === null || !['ws:', 'wss:'].includes(given.protocol))
    throw denied('The provider named a place that is no WebSocket address.');
  const route = routesOf(policy)(readUrl(given.href.replace(/^ws/, 'http')));
  const addresses = await checkedAddresses(route, resolve, ownPorts(policy));
  return { url: new URL(route.target.href.replace(/^http/, 'ws')), lookup: pinnedLookup(addresses) };
}
