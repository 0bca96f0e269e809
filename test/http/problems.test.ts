import { request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../server/contract/problem.ts';
import { smallApi } from './endpoints.ts';
import { ADMIN, listen, readableLog, serve } from './serve.ts';

let url: string;
const { log, lines } = readableLog();
let waiting = Promise.withResolvers<AbortSignal>();

beforeAll(async () => {
  const { server, url: base } = await listen();
  url = `${base}/api/v1`;
  serve(server, {
    log,
    endpoints: smallApi(
      (signal) =>
        new Promise((resolve) => {
          waiting.resolve(signal);
          signal.addEventListener('abort', () => resolve());
        }),
    ),
    authenticate: ({ headers }) =>
      Promise.resolve(
        headers['authorization'] === 'viewer'
          ? { ...ADMIN, name: 'Vera', role: 'viewer' }
          : headers['authorization'] === 'none'
            ? undefined
            : ADMIN,
      ),
  });
});

interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { errors?: { path: string; message: string }[] };
}

async function ask(path: string, init: RequestInit = {}): Promise<Told> {
  const response = await fetch(url + path, init);
  const text = await response.text();
  const { status, headers } = response;
  if (status >= 400) {
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(problem.parse(JSON.parse(text))).toMatchObject({ status, requestId: headers.get('x-request-id') });
  }
  return { status, headers, body: (text === '' ? {} : JSON.parse(text)) as Told['body'] };
}

const json = { 'content-type': 'application/json' };
const send = (body: string, headers: Record<string, string> = json): Promise<Told> =>
  ask('/things', { method: 'POST', headers, body });

describe('what is not there', () => {
  it('is 404, and a wrong method 405 that names the right ones', async () => {
    expect(await ask('/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    const wrong = await ask('/things', { method: 'DELETE' });
    expect(wrong).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('is told in the same way beside the API', async () => {
    const response = await fetch(new URL('/elsewhere', url), { method: 'POST' });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('lets no other origin in', async () => {
    const asked = await ask('/things', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(204);
    expect([...asked.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('prefers the literal path, in whatever order endpoints were declared', async () => {
    expect((await ask('/things/latest')).body).toMatchObject({ name: 'the latest' });
    expect((await ask('/things/a%2Fb')).body).toMatchObject({ name: 'a/b' });
  });
});

describe('who may', () => {
  it('asks the unknown to sign in, and tells the others which role is missing', async () => {
    const nobody = await ask('/things', { headers: { authorization: 'none' } });
    expect(nobody).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
    const viewer = await ask('/things', {
      method: 'POST',
      headers: { ...json, authorization: 'viewer' },
      body: 'x',
    });
    expect(viewer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(viewer.body['detail']).toBe('This needs the role editor; Vera is viewer.');
  });
});

describe('a body', () => {
  it.each([
    ['{"name": x}', 'a value was expected at line 1, column 10'],
    ['{"name":\n "a",}', 'a key in double quotes was expected at line 2, column 6'],
    ['{"name": "a"', 'a comma or } was expected at line 1, column 13'],
    ['[1,]', 'a value was expected at line 1, column 4'],
    ['{"name": "a"} x', 'the end was expected at line 1, column 15'],
    ["{'name': 1}", 'a key in double quotes or } was expected at line 1, column 2'],
    ['{"name": "a\tb"}', 'a value was expected at line 1, column 10'],
  ])('that is no JSON is told where: %s', async (body, place) => {
    expect(await send(body)).toMatchObject({
      status: 400,
      body: { code: 'BAD_REQUEST', detail: `The body is not valid JSON: ${place}.` },
    });
  });

  it.each([
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a type that only ends alike', { 'content-type': 'application/vnd.api+json' }],
    ['another alphabet', { 'content-type': 'application/json; charset=utf-16' }],
    ['packed', { ...json, 'content-encoding': 'gzip' }],
  ])('is 415 as %s', async (_, headers) => {
    expect(await send('{"name":"a"}', headers)).toMatchObject({ status: 415 });
  });

  it('may have 4 MiB and no more, whether its length is told or not', async () => {
    const big = JSON.stringify({ name: 'x'.repeat(4 * 1024 * 1024 - 11) });
    expect(big).toHaveLength(4 * 1024 * 1024);
    expect(await send(big)).toMatchObject({ status: 200 });
    expect(await send(`${big} `)).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    const chunked = new Blob([`${big} `]).stream();
    const init = { method: 'POST', headers: json, body: chunked, duplex: 'half' } as RequestInit;
    expect(await ask('/things', init)).toMatchObject({ status: 413 });
  });

  it.each([
    ['a NUL', '{"name":"a\\u0000b"}', 'name'],
    ['a NUL deep inside', '{"name":"a","extra":[{"k":"\\u0000"}]}', 'extra.0.k'],
    ['a NUL in a key', '{"name":"a","extra":{"\\u0000":1}}', 'extra'],
    ['half a character', '{"name":"\\ud83d"}', 'name'],
    ['endless nesting', `{"name":"a","extra":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'body'],
  ])('that no database could hold is refused: %s', async (_, body, path) => {
    const told = await send(body);
    expect(told).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', errors: [{ path }] } });
  });

  it('is told every wrong field in words', async () => {
    const { status, body } = await send('{"tags":["a",1],"size":10,"color":"red"}');
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { path: 'name', message: 'must be given' },
      { path: 'tags.1', message: 'must be text' },
      { path: 'size', message: 'must be at most 9' },
      { path: 'color', message: 'is not known here.' },
    ]);
    expect((await send('7')).body.errors).toEqual([{ path: 'body', message: 'must be an object' }]);
    expect(await send('{"__proto__":{"name":"a"}}')).toMatchObject({ status: 400 });
  });

  it('is not answered with more faults than anybody reads', async () => {
    const faults = (await send(JSON.stringify({ name: 'a', extra: Array(20_000).fill('\0') }))).body.errors;
    expect(faults).toHaveLength(100);
    const unknown = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, 0]));
    expect((await send(JSON.stringify({ name: 'a', ...unknown }))).body.errors).toHaveLength(100);
  });

  it('of a stranger is small', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(16 * 1024) });
    expect(await ask('/doors', { method: 'POST', headers: json, body })).toMatchObject({ status: 413 });
    const knock = { method: 'POST', headers: json, body: '{"name":"Li"}' };
    expect(await ask('/doors', knock)).toMatchObject({ status: 204 });
  });

  it('must be there, unless it may be left out, and is not looked at where none is wanted', async () => {
    expect(await ask('/things', { method: 'POST' })).toMatchObject({ status: 400 });
    expect(await ask('/things/a/rest', { method: 'POST' })).toMatchObject({ status: 202 });
    expect(await ask('/things/a/rest', { method: 'POST', headers: json, body: '{}' })).toMatchObject({
      status: 400,
    });
    expect(await ask('/things/latest?', { headers: { 'content-type': 'text/plain' } })).toMatchObject({
      status: 200,
    });
  });
});

describe('a query', () => {
  it.each([
    ['limit=201', 'limit', 'must be 1 to 200'],
    ['limit=abc', 'limit', 'must be a number'],
    ['q=a&q=b', 'q', 'must be given once only'],
    ['limt=5', 'limt', 'is not known here; known are limit, cursor, q.'],
    ['q=a%00b', 'q', 'must not contain the character \\u0000: the database cannot hold it.'],
  ])('%s is told what is wrong with it', async (query, path, message) => {
    expect((await ask(`/things?${query}`)).body.errors).toEqual([{ path, message }]);
  });

  it('is refused where none is known', async () => {
    expect((await ask('/things/latest?x=1')).status).toBe(400);
    expect((await ask('/things/%00')).body.errors).toMatchObject([{ path: 'name' }]);
  });
});

describe('our own faults', () => {
  it('tell the caller nothing but an id, and the log everything', async () => {
    const { status, body } = await ask('/faults/bug', { headers: { 'x-request-id': 'trace-7' } });
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'INTERNAL', requestId: 'trace-7' });
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(lines.find((line) => line['requestId'] === 'trace-7')).toMatchObject({
      method: 'GET',
      route: '/api/v1/faults/:kind',
      status: 500,
      caller: 'ADMIN_TOKEN',
      err: { message: 'password=hunter2' },
    });
  });

  it('are told apart from callers who hung up, after a body too', async () => {
    const headers = { ...json, 'x-request-id': 'trace-8' };
    await ask('/things/a/rest', { method: 'POST', headers, body: '{"reason":"bug"}' });
    expect(lines.find((line) => line['requestId'] === 'trace-8')).toMatchObject({
      err: { message: 'a bug' },
    });
  });

  it('are 503 with a time to wait while the database is away', async () => {
    const { status, headers, body } = await ask('/faults/away');
    expect({ status, code: body['code'], after: headers.get('retry-after') }).toEqual({
      ...{ status: 503, code: 'UNAVAILABLE', after: '5' },
    });
  });

  it('carry what a refusal brings along', async () => {
    const init = { method: 'POST', headers: json, body: '{"reason":"busy"}' };
    const { headers, body } = await ask('/things/a/rest', init);
    expect(headers.get('retry-after')).toBe('2');
    expect(body).toMatchObject({ code: 'SANDBOX_BUSY', queue: 7 });
  });

  it('include an answer that the document does not describe', async () => {
    expect((await ask('/faults/undescribed')).status).toBe(500);
  });
});

describe('every answer', () => {
  it('has an id, a sane one of the caller where there is one', async () => {
    const id = async (given: string): Promise<string | null> =>
      (await ask('/things', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await id('abc-123:4')).toBe('abc-123:4');
    expect(await id('a b"}')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await id('x'.repeat(200))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('may load nothing, is not guessed at, framed or kept', async () => {
    const { headers } = await ask('/things');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy':
        "default-src 'none';frame-ancestors 'none';form-action 'none';base-uri 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('leaves a line in the log without a word of what was sent', async () => {
    const from = lines.length;
    await send('{"name":"SELECT secret","size":99}');
    await ask('/things/T-secret');
    const written = JSON.stringify(lines.slice(from));
    expect(lines.slice(from).map((line) => line['route'])).toEqual([
      '/api/v1/things',
      '/api/v1/things/:name',
    ]);
    expect(written).not.toMatch(/secret/i);
  });
});

it('tells the handler when the caller hangs up', async () => {
  waiting = Promise.withResolvers();
  const request = httpRequest(`${url}/waits`, { method: 'POST' });
  request.on('error', () => undefined);
  request.end();
  const signal = await waiting.promise;
  expect(signal.aborted).toBe(false);
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
  request.destroy();
  await aborted;
});
