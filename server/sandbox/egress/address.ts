import { networkInterfaces } from 'node:os';

import ipaddr from 'ipaddr.js';

/**
 * What kind of place an address is. `reserved` is everything nobody may call: multicast, unspecified, documentation, tunnels
 * (6to4, Teredo) and whatever IPv6 space has not been given out.
 */
export type AddressKind = 'public' | 'private' | 'loopback' | 'linkLocal' | 'reserved';

const KINDS: Readonly<Record<string, AddressKind>> = {
  unicast: 'public',
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
  loopback: 'loopback',
  linkLocal: 'linkLocal',
};

// RFC 4291 §2.4: only 2000::/3 has been handed out as global unicast. This also shuts out ::a.b.c.d, IPv4 in an old disguise.
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

// RFC 6052 §2.1: NAT64 leads to the IPv4 address in the last 32 bits, so the address is what that one is. Without this, a
// network with IPv6 only (DNS64) could call nobody.
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

const embedded = (address: ipaddr.IPv6): ipaddr.IPv4 => new ipaddr.IPv4(address.toByteArray().slice(12));

/** Classifies an IPv4 or IPv6 address in text form. What cannot be read as an address is `reserved`. */
export function kindOf(text: string): AddressKind {
  if (!ipaddr.isValid(text)) return 'reserved';
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return KINDS[address.range()] ?? 'reserved';
  if (address.isIPv4MappedAddress() || address.match(NAT64)) return kindOf(embedded(address).toString());
  const kind = KINDS[address.range()] ?? 'reserved';
  return kind === 'public' && !address.match(GLOBAL_UNICAST) ? 'reserved' : kind;
}

/** The host of a URL as a bare address (no brackets), or null when it is a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return ipaddr.isValid(bare) ? bare : null;
}

/** Whether packets to this address end on this machine: loopback, 0.0.0.0 and ::, or an address of one of its interfaces. */
export function isThisMachine(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (kindOf(text) === 'loopback' || address.range() === 'unspecified') return true;
  const normalized = address.toNormalizedString();
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .some((own) => ipaddr.process(own.address).toNormalizedString() === normalized);
}
