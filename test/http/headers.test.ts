import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { callerAddress } from '../../server/http/address.ts';
import { etagHeader, mayChange } from '../../server/http/etag.ts';

describe('If-Match', () => {
  it.each([
    [undefined, true],
    ['a1', true],
    ['"a1"', true],
    ['W/"a1"', true],
    ['"b2", "a1"', true],
    ['*', true],
    ['"b2"', false],
    ['b2,c3', false],
    ['', false],
    ['"a1', false],
  ])('%s lets a change of "a1" go on: %s', (header, may) => {
    expect(mayChange(header, 'a1')).toBe(may);
  });

  it('takes what ETag gave', () => {
    expect(mayChange(etagHeader('x'), 'x')).toBe(true);
  });
});

describe('the address of a call', () => {
  const from = (remoteAddress: string | undefined, forwarded?: string): string =>
    callerAddress({
      socket: { remoteAddress },
      headers: { 'x-forwarded-for': forwarded },
    } as unknown as IncomingMessage);

  it.each([
    ['straight from outside', '203.0.113.7', undefined, '203.0.113.7'],
    ['as IPv6 writes IPv4', '::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['of one IPv6 network', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['behind a proxy', '10.0.0.2', '203.0.113.7', '203.0.113.7'],
    [
      'behind a proxy, with a forged entry before the proxy’s own',
      '::1',
      '192.0.2.1, 203.0.113.7',
      '203.0.113.7',
    ],
    ['behind a proxy that writes ports', '10.0.0.2', '203.0.113.7:50123', '203.0.113.7'],
    ['behind a proxy that writes them for IPv6', '::1', '[2001:db8:1:2::5]:443', '2001:db8:1:2::/64'],
    ['from outside, forged', '203.0.113.7', '192.0.2.1', '203.0.113.7'],
    ['behind a proxy that writes nonsense', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['of a connection that is gone', undefined, '192.0.2.1', 'unknown'],
  ])('%s', (_, peer, forwarded, address) => {
    expect(from(peer, forwarded)).toBe(address);
  });
});
