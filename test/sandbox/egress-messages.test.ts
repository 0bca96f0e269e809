import { setImmediate as nextTurn } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { httpServer, namesOf, openCaller, tcpServer, words } from './egress-servers.ts';

describe('what a script may send', () => {
  it.each([
    ...[
      'Host',
      'Connection',
      'content-length',
      'Transfer-Encoding',
      'TE',
      'Trailer',
      'Upgrade',
      'Expect',
      'Keep-Alive',
    ],
    ...['Proxy-Authorization', 'Sec-Fetch-Site', 'Accept-Encoding', 'Via', 'Forwarded', 'X-Forwarded-For'],
    ...['X-HTTP-Method-Override'],
  ])('not the header %s', async (name) => {
    const server = await httpServer();
    const { call } = openCaller({ allowedHosts: [server.host] });
    const reply = await call('GET', server.origin, { headers: [[name, '5']] });
    expect(reply).toMatchObject({ code: 'EGRESS_DENIED', message: words(`"${name.toLowerCase()}"`) });
    expect(server.seen).toEqual([]);
  });

  it.each([
    [['x\r\ny', 'z']],
    [['x y', 'z']],
    [['', 'z']],
    [['x:', 'z']],
    [['x', 'a\r\nHost: evil']],
    [['x', 'a\nb']],
    [['x', 'a\0b']],
    [['x', '审批']],
  ] as const)('not a header that is none: %j', async (header) => {
    const server = await httpServer();
    const { call } = openCaller({ allowedHosts: [server.host] });
    expect(await call('GET', server.origin, { headers: [header] })).toMatchObject({
      ok: false,
      code: 'HTTP_ERROR',
    });
    expect(server.seen).toEqual([]);
  });

  it.each(['CONNECT', 'TRACE', 'OPTIONS', 'GET / HTTP/1.1\r\nX: y\r\n\r\nGET', ''])(
    'not the method %j',
    async (method) => {
      const server = await httpServer();
      const { call } = openCaller({ allowedHosts: [server.host] });
      expect(await call(method, server.origin)).toMatchObject({
        ok: false,
        code: 'HTTP_ERROR',
        message: words('method'),
      });
      expect(server.seen).toEqual([]);
    },
  );

  it('not a body with GET, not 201 headers, not a URL or headers of 32 KiB', async () => {
    const server = await httpServer();
    const { call } = openCaller({ allowedHosts: [server.host] });
    const headers = Array.from({ length: 201 }, (_, i) => [`x-${i}`, 'y'] as const);
    expect(await call('GET', server.origin, { body: '' })).toMatchObject({ code: 'HTTP_ERROR' });
    expect(await call('GET', server.origin, { headers })).toMatchObject({ limit: 'httpOut' });
    expect(await call('GET', `${server.origin}/${'x'.repeat(32_768)}`)).toMatchObject({ limit: 'httpOut' });
    expect(await call('GET', server.origin, { headers: [['x', 'y'.repeat(32_768)]] })).toMatchObject({
      limit: 'httpOut',
    });
    expect(server.seen).toEqual([]);
  });

  it('its own headers and text, exactly', async () => {
    const server = await httpServer();
    const { call } = openCaller({ allowedHosts: [server.host] });
    await call('patch', `${server.origin}/a?b=%E5%AE%A1`, {
      headers: [
        ['Content-Type', 'application/json'],
        ['User-Agent', 'mine'],
      ],
      body: '{"a":"審 🙂"}',
    });
    expect(server.seen).toMatchObject([
      {
        method: 'PATCH',
        url: '/a?b=%E5%AE%A1',
        body: '{"a":"審 🙂"}',
        headers: { 'user-agent': 'mine', accept: '*/*' },
      },
    ]);
  });
});

describe('a server that misbehaves', () => {
  it.each([
    ['hello, I am not HTTP\r\n\r\n', 'did not answer in HTTP'],
    ['HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort', 'before the reply was complete'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 'did not answer in HTTP'],
    ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx', 'content-length'],
    [
      'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc',
      'says it is gzip and is not',
    ],
    ['HTTP/1.1 200 OK\r\ncontent-encoding: rot13\r\ncontent-length: 3\r\n\r\nabc', 'encoded as "rot13"'],
    ['HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', '127.0.0.1'],
    ['', 'before the reply was complete'],
  ])('is told in words: %j', async (text, message) => {
    const server = await tcpServer((socket) => socket.once('data', () => socket.end(text)));
    const { get } = openCaller({ allowedHosts: [server.host] });
    const reply = await get(server.origin);
    expect(reply).toMatchObject({ ok: false, code: 'HTTP_ERROR', message: words(message) });
    expect(JSON.stringify(reply)).not.toMatch(/node_modules|node:|\.ts\b|\.js\b/);
  });

  it('interim replies (100, 103) are skipped', async () => {
    const server = await tcpServer((socket) =>
      socket.once('data', () =>
        socket.end('HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'),
      ),
    );
    expect(await openCaller({ allowedHosts: [server.host] }).get(server.origin)).toMatchObject({
      status: 200,
      body: 'ok',
    });
  });

  it('nothing listening is told with the place it was sent to', async () => {
    const base = 'http://127.0.0.1:9/simulator/dingtalk';
    const { get } = openCaller({ providerHosts: [{ host: 'api.dingtalk.com', base }] });
    expect(await get('https://api.dingtalk.com/x')).toMatchObject({
      code: 'HTTP_ERROR',
      message: words(
        "api.dingtalk.com (sent to the channel's API base URL, 127.0.0.1:9) refused the connection",
      ),
    });
    const unknown = openCaller({ allowedHosts: ['gone.example'] }, { resolve: namesOf({}) });
    expect(await unknown.get('https://gone.example/')).toMatchObject({
      message: words('gone.example is unknown'),
    });
  });
});

describe('replies', () => {
  it('come with all headers in lower case, duplicates kept, and text in the charset they name', async () => {
    const server = await httpServer((request, response) => {
      const charset = request.url.slice(1);
      response.writeHead(200, 'Fine', {
        'Content-Type': `text/plain; charset="${charset}"`,
        'Set-Cookie': ['a=1', 'b=2'],
      });
      response.end(Buffer.from('c9f3c5fa', 'hex'));
    });
    const { get } = openCaller({ allowedHosts: [server.host] });
    const reply = await get(`${server.origin}/gbk`);
    expect(reply).toMatchObject({ ok: true, statusText: 'Fine', body: '审批' });
    expect(reply.ok && reply.headers.filter(([name]) => name === 'set-cookie')).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    expect(await get(`${server.origin}/x-unheard-of`)).toMatchObject({
      ok: true,
      body: '\ufffd\ufffd\ufffd\ufffd',
    });
  });

  it('use one connection for the calls of several runs to one place', async () => {
    const ports = new Set<number | undefined>();
    const server = await httpServer((_request, response) => {
      ports.add(response.socket?.remotePort);
      response.end('ok');
    });
    for (let run = 0; run < 5; run += 1) {
      await openCaller({ allowedHosts: [server.host] }).get(server.origin);
      // A script's next call comes from another process, so never in the same turn of the event loop.
      await nextTurn();
    }
    expect(ports.size).toBe(1);
  });

  it('are traced with bodies cut at 16 KiB on a whole character, sizes in full', async () => {
    const body = 'x' + '🙂'.repeat(5_000);
    const server = await httpServer((_request, response) => response.end(body));
    const { call, session } = openCaller({ allowedHosts: [server.host] });
    await call('POST', `${server.origin}/y#frag`, { body, headers: [['X-A', '1']] });
    const [traced] = session.trace();
    expect(traced).toMatchObject({ method: 'POST', url: `${server.origin}/y`, status: 200 });
    expect(traced).not.toHaveProperty('sentTo');
    expect(traced?.request).toMatchObject({ bytes: 20_001, truncated: true, headers: { 'x-a': '1' } });
    expect(traced?.response?.body).toBe('x' + '🙂'.repeat(4_095));
  });
});
