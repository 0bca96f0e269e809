import type { LookupFunction } from 'node:net';

import { buildConnector, Pool } from 'undici';

import type { Address } from './resolve.ts';

/** How many places connections are kept open to; the one unused for longest makes room. */
const MAX_PLACES = 64;

/**
 * Kept short: a server that closes an idle connection in the same moment as we send a create leaves us not knowing whether it
 * happened. Two seconds cover the calls of one run, which is where reuse pays.
 */
const IDLE_MS = 2_000;

/** Open connections, shared by all runs. */
export interface Connections {
  /** The connections to a URL's origin at exactly these addresses. */
  to(target: URL, addresses: readonly Address[], maxHeaderBytes: number): Pool;
  /** Ends all connections, those in use too. */
  destroy(): Promise<void>;
}

/** A resolver that answers with these addresses and nothing else, whatever DNS says by now. */
export function pinnedLookup(addresses: readonly Address[]): LookupFunction {
  const [first] = addresses;
  if (first === undefined) throw new Error('There is no address to connect to.');
  return (_hostname, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}

function openPool(origin: string, addresses: readonly Address[], maxHeaderBytes: number): Pool {
  return new Pool(origin, {
    // undici takes the TLS server name, and the name a certificate must carry, from the origin's host.
    connect: buildConnector({ lookup: pinnedLookup(addresses), allowH2: false }),
    // One more header line than we accept would already be too much to parse.
    maxHeaderSize: maxHeaderBytes,
    // The call's own clock covers these.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    clientTtl: 30_000,
  });
}

/**
 * Makes an empty set of connections. Runs with different policies may share one safely, because the key is all that a
 * connection is: scheme, host name (hence TLS name and Host header), port, and the very addresses that were checked. Each run
 * makes its own checks before it asks, and HTTP/1.1 without pipelining keeps no state between two requests of one connection.
 * Environment variables for proxies are not read.
 */
export function openConnections(): Connections {
  const pools = new Map<string, Pool>();
  return {
    to(target, addresses, maxHeaderBytes) {
      const where = addresses.map(({ address }) => address).sort();
      const key = [target.origin, maxHeaderBytes, ...where].join(' ');
      const pool = pools.get(key) ?? openPool(target.origin, addresses, maxHeaderBytes);
      // A Map keeps the order of insertion: the first is the one unused for longest.
      pools.delete(key);
      pools.set(key, pool);
      for (const [oldKey, old] of pools) {
        if (pools.size <= MAX_PLACES) break;
        pools.delete(oldKey);
        // Waits for the calls in flight; connections of closed pools are never handed out again.
        void old.close();
      }
      return pool;
    },
    async destroy() {
      const all = [...pools.values()];
      pools.clear();
      await Promise.all(all.map((pool) => pool.destroy()));
    },
  };
}
