import { once } from 'node:events';
import {
  brotliCompressSync,
  constants,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { httpServer, openCaller, tcpServer, words } from './egress-servers.ts';

const MIB = 1_048_576;

describe('how much a script may call', () => {
  it('the 21st call is refused, said once in the trace however long a loop goes on', async () => {
    const server = await httpServer();
    const { get, session } = openCaller({ allowedHosts: [server.host] });
    const replies = await Promise.all(Array.from({ length: 50 }, () => get(server.origin)));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(20);
    expect(replies[49]).toMatchObject({ ok: false, code: 'LIMIT_EXCEEDED', limit: 'httpCalls' });
    expect(session.trace()).toHaveLength(21);
    expect(server.seen).toHaveLength(20);
  });

  it('1 MiB out passes, one byte more does not leave; characters count as their UTF-8 bytes', async () => {
    const server = await httpServer();
    const { call } = openCaller({ allowedHosts: [server.host] });
    const full = '審'.repeat(MIB / 3) + 'x';
    expect(Buffer.byteLength(full)).toBe(MIB);
    expect(await call('POST', server.origin, { body: full })).toMatchObject({ ok: true });
    expect(await call('POST', server.origin, { body: `${full}x` })).toMatchObject({
      ok: false,
      limit: 'httpOut',
    });
    expect(server.seen.map(({ body }) => body === full)).toEqual([true]);
  });

  it.each([
    ['with its size announced', (body: Buffer) => ({ 'content-length': String(body.length) })],
    ['in chunks', () => ({})],
  ])('1 MiB in passes, one byte more does not (%s)', async (_how, headersFor) => {
    const server = await httpServer((request, response) => {
      const body = Buffer.alloc(Number(request.url.slice(1)), 'x');
      response.writeHead(200, headersFor(body)).write(body.subarray(0, 1000));
      response.end(body.subarray(1000));
    });
    const { get } = openCaller({ allowedHosts: [server.host] });
    const reply = await get(`${server.origin}/${MIB}`);
    expect(reply.ok && reply.body.length).toBe(MIB);
    expect(await get(`${server.origin}/${MIB + 1}`)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'httpIn',
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    // Its usual quality, 11, takes seconds for a bomb.
    ['br', (data: Buffer) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['zstd', zstdCompressSync],
  ])('%s is undone, and a bomb of it stops at the limit', async (coding, compress) => {
    const bomb = compress(Buffer.alloc(64 * MIB));
    const server = await httpServer((request, response) => {
      response.writeHead(200, { 'content-encoding': coding, 'content-type': 'application/json' });
      response.end(request.url === '/bomb' ? bomb : compress(Buffer.from('{"text":"審批"}')));
    });
    const { get, session } = openCaller({ allowedHosts: [server.host] });
    expect(await get(server.origin)).toMatchObject({ ok: true, body: '{"text":"審批"}' });
    expect(session.trace()[0]?.response).toMatchObject({
      body: '{"text":"審批"}',
      bytes: 17,
      truncated: false,
    });
    expect(await get(`${server.origin}/bomb`)).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'httpIn' });
  });

  it('an endless reply is cut at the limit and its connection closed', async () => {
    const { promise: closed, resolve: onClosed } = Promise.withResolvers<undefined>();
    const server = await httpServer((_request, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        if (!response.destroyed) response.once('drain', pour);
      };
      response.on('close', () => onClosed(undefined));
      pour();
    });
    const { get } = openCaller({ allowedHosts: [server.host] });
    expect(await get(server.origin)).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'httpIn' });
    await closed;
  });

  it('10,000 reply headers, or headers of megabytes, are refused', async () => {
    const many = await tcpServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${'a:b\r\n'.repeat(10_000)}content-length: 2\r\n\r\nok`);
    });
    const large = await tcpServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(MIB)}\r\ncontent-length: 2\r\n\r\nok`);
    });
    const { get } = openCaller({ allowedHosts: [many.host, large.host] });
    expect(await get(many.origin)).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'httpIn' });
    expect(await get(large.origin)).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'httpIn' });
  });
});

describe('how long a call may take', () => {
  const slow = (origin: string, host: string) =>
    openCaller({ allowedHosts: [host], limits: { callMs: 150 } }).get(origin);

  it('a server that never answers, drips its head or drips its body ends at the time limit', async () => {
    const { promise: closed, resolve: onClosed } = Promise.withResolvers<undefined>();
    const silent = await tcpServer((socket) => socket.on('close', () => onClosed(undefined)).resume());
    const drip = (head: string) =>
      tcpServer((socket) => {
        socket.write(head);
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer)).resume();
      });
    const head = await drip('HTTP/1.1 200 OK\r\nx-drip: ');
    const body = await drip('HTTP/1.1 200 OK\r\n\r\n');
    for (const { origin, host } of [silent, head, body])
      expect(await slow(origin, host)).toMatchObject({
        ok: false,
        code: 'HTTP_ERROR',
        message: words('timed out after 0.15 s'),
      });
    await closed;
  });

  it('a DNS server that never answers counts too, and so do redirects taken together', async () => {
    const stuck = { resolve: () => new Promise<never>(() => undefined) };
    const { get } = openCaller({ allowedHosts: ['slow.example'], limits: { callMs: 50 } }, stuck);
    expect(await get('https://slow.example/')).toMatchObject({
      code: 'HTTP_ERROR',
      message: words('slow.example timed out'),
    });
    const hops = await httpServer((request, response) => {
      setTimeout(() => response.writeHead(302, { location: `${request.url}x` }).end(), 80);
    });
    expect(await slow(`${hops.origin}/`, hops.host)).toMatchObject({ message: words('timed out') });
    expect(hops.seen.length).toBeLessThan(4);
  });

  it('a call that runs out of time before it left never leaves', async () => {
    const server = await httpServer();
    const { promise: noted, resolve: note } = Promise.withResolvers<undefined>();
    const { call, session } = openCaller({
      allowedHosts: [server.host],
      limits: { callMs: 50 },
      beforeCall: () => noted,
    });
    expect(await call('POST', server.origin)).toMatchObject({
      code: 'HTTP_ERROR',
      message: words('timed out'),
    });
    note(undefined);
    await openCaller({ allowedHosts: [server.host] }).get(`${server.origin}/afterwards`);
    expect(server.seen.map(({ url }) => url)).toEqual(['/afterwards']);
    expect(session.changingCalls()).toEqual([]);
  });
});

describe('the end of the run', () => {
  it('cuts off what is in flight, closes its connection, and says in the trace what had been sent', async () => {
    const { promise: arrived, resolve: onArrived } = Promise.withResolvers<{ closed: Promise<unknown> }>();
    const server = await httpServer((_request, response) => onArrived({ closed: once(response, 'close') }));
    const { call, get, session } = openCaller({ allowedHosts: [server.host] });
    const pending = call('POST', `${server.origin}/x`, { body: 'sent' });
    const { closed } = await arrived;
    session.close();
    expect(session.trace()).toMatchObject([
      {
        status: 0,
        response: null,
        request: { body: 'sent' },
        error: { code: 'HTTP_ERROR', message: words('ended') },
      },
    ]);
    expect(await pending).toMatchObject({ ok: false, code: 'HTTP_ERROR', message: words('run is over') });
    expect(session.changingCalls()).toEqual([`POST ${server.origin}/x`]);
    expect(await get(server.origin)).toMatchObject({ ok: false, message: words('run is over') });
    session.close();
    await closed;
    expect(server.seen).toHaveLength(1);
  });
});
