import { describe, expect, it } from 'vitest';
import { openIsolates } from './isolates.ts';

const run = openIsolates();

describe('what fetch sends', () => {
  it.each([
    ['a text', `'text'`, 'text', 'text/plain;charset=UTF-8'],
    [
      'a form',
      `new URLSearchParams({ a: '1 2' })`,
      'a=1+2',
      'application/x-www-form-urlencoded;charset=UTF-8',
    ],
    ['a JSONObject', `new JSONObject().fluentPut('a', null)`, '{"a":null}', 'application/json'],
    ['a JSONArray', `new JSONArray('[1]')`, '[1]', 'application/json'],
    ['half a character', `'\\ud800'`, '\ufffd', 'text/plain;charset=UTF-8'],
  ])('%s, with its content type', async (_what, body, sent, type) => {
    const { http } = await run(`fetch('https://a.example/', { method: 'post', body: ${body} }); return 1`);
    expect(http).toEqual([
      { id: 1, method: 'POST', url: 'https://a.example/', body: sent, headers: [['content-type', type]] },
    ]);
  });

  it('keeps the headers of the script, by lower-case name, from objects, pairs and maps', async () => {
    const { http } = await run(`
      const headers = new HashMap(); headers.put('X-Map', 1);
      fetch(new URL('https://a.example/x'), { method: 'PUT', body: '{}', headers: { 'Content-Type': 'application/json', 'X-A': ' b ' } });
      fetch('https://a.example/', { headers: [['x-a', '1'], ['X-A', '2']] });
      fetch('https://a.example/', { headers });
      return 1`);
    expect(http.map(({ headers }) => headers)).toEqual([
      [
        ['content-type', 'application/json'],
        ['x-a', 'b'],
      ],
      [['x-a', '1, 2']],
      [['x-map', '1']],
    ]);
    expect(http[0]?.url).toBe('https://a.example/x');
  });

  it.each([
    [`{ method: 'POST', body: { a: 1 } }`, 'send JSON.stringify(body) instead'],
    [`{ method: 'POST', body: [1] }`, 'send JSON.stringify(body) instead'],
    [`{ method: 'POST', body: new Uint8Array(1) }`, 'send a string instead'],
    [`{ body: 'x' }`, 'a GET request cannot have a body'],
    [`{ method: 'CONNECT' }`, '"CONNECT" is no method'],
    [`{ method: 'a b' }`, '"A B" is no method'],
    [`{ headers: { 'a b': '1' } }`, '"a b" is no valid header name'],
    [`{ headers: { a: 'x\\r\\nHost: evil' } }`, 'has a line break'],
    [`{ headers: { a: '审批' } }`, 'beyond Latin-1'],
    [`{ headers: 'a: b' }`, 'headers are an object'],
    [`{ headers: [['a']] }`, '[name, value] pairs'],
    [`{ redirect: 'manual' }`, 'only redirect "follow"'],
    [`{ signal: {} }`, '"signal" is not available'],
  ])('refuses %s and says what to do', async (options, reason) => {
    const told = await run(`await fetch('https://a.example/', ${options})`);
    expect(told.error).toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining(reason) as string,
    });
    expect(told.http).toEqual([]);
  });

  it('refuses the call over the limit, before it reaches the host', async () => {
    const told = await run({
      source: `await fetch('https://a.example/1'); await fetch('https://a.example/2')`,
      limits: { httpCalls: 1 },
      replies: [{}, {}],
    });
    expect(told.http).toHaveLength(1);
    expect(told.error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'httpCalls' });
  });

  it('refuses a body over the limit, counted in bytes', async () => {
    const limits = { httpOutBytes: 99 };
    const over = await run({
      source: `await fetch('https://a.example/', { method: 'POST', body: '审批审'.repeat(11) + '1' })`,
      limits,
    });
    expect(over).toMatchObject({ http: [], error: { code: 'LIMIT_EXCEEDED', limit: 'httpOut' } });
    const within = await run({
      source: `fetch('https://a.example/', { method: 'POST', body: '审批审'.repeat(11) }); return 1`,
      limits,
    });
    expect(within.http).toHaveLength(1);
    const address = await run({ source: `await fetch('https://a.example/' + '1'.repeat(99))`, limits });
    expect(address).toMatchObject({ http: [], error: { code: 'LIMIT_EXCEEDED', limit: 'httpOut' } });
  });
});

describe('what fetch answers', () => {
  it('is the status, the headers by any case, and the body', async () => {
    const { result } = await run({
      source: `
        const answer = await fetch('https://a.example/x');
        const list = []; answer.headers.forEach((value, name) => list.push([name, value]));
        return [answer.ok, answer.status, answer.statusText, answer.url, answer.headers.get('X-ONE'), answer.headers.get('none'),
          answer.headers.has('x-two'), list, answer.bodyUsed, await answer.json(), answer.bodyUsed]`,
      replies: [
        {
          status: 404,
          statusText: 'Not Found',
          url: 'https://a.example/y',
          headers: [
            ['X-One', '1'],
            ['x-two', '2'],
            ['x-one', '3'],
          ],
          body: '{"审":[1]}',
        },
      ],
    });
    expect(result).toEqual([
      false,
      404,
      'Not Found',
      'https://a.example/y',
      '1, 3',
      null,
      true,
      [
        ['x-one', '1, 3'],
        ['x-two', '2'],
      ],
      false,
      { 审: [1] },
      true,
    ]);
  });

  it('can be read once, and says so', async () => {
    const source = `const answer = await fetch('https://a.example/'); await answer.text(); await answer.json()`;
    expect((await run({ source, replies: [{}] })).error).toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining('The body of GET https://a.example/ has already been read') as string,
    });
  });

  it('says whose answer is not JSON', async () => {
    const source = `await (await fetch('https://a.example/')).json()`;
    expect((await run({ source, replies: [{ body: '<html>' }] })).error).toMatchObject({
      name: 'SyntaxError',
      message: expect.stringMatching(
        /^The answer of GET https:\/\/a\.example\/ is not JSON: .*<html>/,
      ) as string,
    });
  });

  it('answers calls made together, each with its own', async () => {
    const { result } = await run({
      source: `return Promise.all(['a', 'b', 'c'].map(async (path) => (await fetch('https://a.example/' + path)).text()))`,
      replies: [{ body: '1' }, { body: '2' }, { body: '3' }],
    });
    expect(result).toEqual(['1', '2', '3']);
  });

  it('is an error with the host’s code when the call failed, at the line that called', async () => {
    const reply = { ok: false, code: 'EGRESS_DENIED', message: 'evil.example is not allowed' };
    const { error } = await run({ source: `\n\n  await fetch('https://evil.example/')`, replies: [reply] });
    expect(error).toMatchObject({ code: 'EGRESS_DENIED', message: 'evil.example is not allowed' });
    expect(error?.stack).toMatch(/^Error: evil.example is not allowed\n.*script\.js:6:9/);
  });

  it('can be caught and asked for its code', async () => {
    const reply = { ok: false, code: 'LIMIT_EXCEEDED', limit: 'httpIn', message: 'too much' };
    const source = `try { await fetch('https://a.example/') } catch (error) { return [error.code, error.limit, error.message] }`;
    expect((await run({ source, replies: [reply] })).result).toEqual([
      'LIMIT_EXCEEDED',
      'httpIn',
      'too much',
    ]);
  });
});

describe('timers', () => {
  it('fire with their arguments, in order of time', async () => {
    const { result, timers } = await run(`
      const seen = [];
      await new Promise((done) => {
        setTimeout((...all) => { seen.push(all); done() }, 20, 'late', 2);
        setTimeout((one) => seen.push(one), 10.7, 'early');
        setTimeout(() => seen.push('now'), -5);
      });
      return seen`);
    expect(result).toEqual(['now', 'early', ['late', 2]]);
    expect(timers.map(({ ms }) => ms)).toEqual([20, 10, 0]);
  });

  it('refuse text', async () => {
    expect((await run(`setTimeout('alert(1)', 1)`)).error?.message).toBe(
      "setTimeout needs a function, not the text 'alert(1)'",
    );
  });

  it('left behind are counted', async () => {
    expect((await run(`setTimeout(() => {}, 1000); fetch('https://a.example/'); return 1`)).waiting).toEqual({
      http: 1,
      timers: 1,
    });
  });
});
