import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Where a reverse proxy of one's own stands. */
const NEAR = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal']);

/**
 * The address that a call came from, for counting. Behind a proxy on a near network that is the last address of X-Forwarded-For,
 * the one which that proxy itself wrote. A neighbour can forge it, so nothing may be granted by it. IPv6 addresses are told to
 * their /64, since whoever has one has them all.
 * @returns `203.0.113.7` or `2001:db8:1:2::/64`; "unknown" when the connection is gone
 */
export function callerAddress(request: IncomingMessage): string {
  const peer = request.socket.remoteAddress;
  if (peer === undefined) return 'unknown';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
    // Some proxies write the port too.
    .replace(/^\[(.+)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3');
  const from =
    forwarded !== undefined && ipaddr.isValid(forwarded) && NEAR.has(ipaddr.process(peer).range())
      ? forwarded
      : peer;
  const address = ipaddr.process(from);
  if (address.kind() === 'ipv4') return address.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`);
  return `${network.toString()}/64`;
}
