import { describe, expect, it } from 'vitest';

import { recording } from '../../server/contract/recording.ts';
import { openRecorded, toRecording } from '../../server/sandbox/egress.ts';
import type { EgressPolicy } from '../../server/sandbox/egress.ts';
import { callerOf, httpServer, openCaller, policyOf } from './egress-servers.ts';

const HOST = 'api.dingtalk.com';
const TOKEN_URL = `https://${HOST}/v1.0/oauth2/accessToken`;
const LEGACY_URL = `https://oapi.dingtalk.com/user/getbymobile`;
const providerHosts = [{ host: HOST }, { host: 'oapi.dingtalk.com' }];

const replay = (calls: unknown, policy: Partial<EgressPolicy> = {}) =>
  callerOf(openRecorded(recording.parse(calls), policyOf({ providerHosts, ...policy })));

describe('a run that answers from a recording', () => {
  it('gets the answers by method and URL, repeated calls in their order', async () => {
    const url = `https://${HOST}/x`;
    const { get, call } = replay([
      { method: 'GET', url, status: 200, headers: {}, body: 'first' },
      { method: 'post', url, status: 201, headers: { 'X-Id': '7' }, body: { made: true } },
      { method: 'GET', url: `https://API.dingtalk.com:443/x`, status: 404, headers: {}, body: 'second' },
    ]);
    expect(await get(url)).toMatchObject({ ok: true, status: 200, body: 'first' });
    expect(await get(url)).toMatchObject({ ok: true, status: 404, body: 'second' });
    expect(await call('POST', url, { body: '1' })).toMatchObject({
      headers: [['x-id', '7']],
      body: '{"made":true}',
    });
  });

  it('is told what it asked and what is left when nothing matches', async () => {
    const { get } = replay([{ method: 'POST', url: TOKEN_URL, status: 200, headers: {}, body: '' }]);
    expect(await get(TOKEN_URL)).toMatchObject({
      ok: false,
      code: 'HTTP_ERROR',
      message: expect.stringMatching(
        /no answer to GET https:.*accessToken\. Left in it: POST https:/,
      ) as string,
    });
  });

  it('meets the same allow-list and limits; nothing counts as sent, and no intent is noted', async () => {
    const noted: unknown[] = [];
    const url = `https://${HOST}/create`;
    const many = Array.from({ length: 25 }, () => ({
      method: 'POST',
      url,
      status: 200,
      headers: {},
      body: 'x',
    }));
    const { call, get, session } = replay(
      [
        ...many,
        { method: 'GET', url, status: 302, headers: { location: 'https://evil.example/' }, body: '' },
      ],
      {
        createCalls: [{ method: 'POST', path: '/create' }],
        beforeCall: (leaving) => {
          noted.push(leaving);
          return Promise.resolve();
        },
      },
    );
    expect(await get('https://evil.example/')).toMatchObject({ code: 'EGRESS_DENIED' });
    expect(await get(url)).toMatchObject({ code: 'EGRESS_DENIED' });
    expect(await call('POST', url, { body: 'form' })).toMatchObject({ ok: true });
    expect(await call('POST', url)).toMatchObject({ code: 'EGRESS_DENIED' });
    expect(session.prepared()).toBe('form');
    for (let i = 4; i < 20; i += 1) await get(url);
    expect(await get(url)).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'httpCalls' });
    expect(noted).toEqual([]);
    expect(session.changingCalls()).toEqual([]);
  });
});

describe('recording a run', () => {
  it('keeps whole bodies, hides every secret, and answers the same script', async () => {
    const token = 'f00dfeed-0123-4567-89ab';
    const long = 'z'.repeat(40_000);
    const server = await httpServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(
          request.url.includes('oauth2') ? { accessToken: token, expireIn: 7200 } : { long, token },
        ),
      );
    });
    const hosts = providerHosts.map(({ host }) => ({ host, base: `${server.origin}/base` }));
    const script = async ({ call }: Pick<ReturnType<typeof callerOf>, 'call'>): Promise<unknown[]> => {
      const first = await call('POST', TOKEN_URL, {
        body: '{"appKey":"ding-demo","appSecret":"demo-secret"}',
      });
      const { accessToken } = JSON.parse(first.ok ? first.body : '{}') as { accessToken: string };
      const headers = [['x-acs-dingtalk-access-token', accessToken]] as const;
      const second = await call('POST', `${LEGACY_URL}?access_token=${accessToken}`, {
        body: 'mobile=138',
        headers,
      });
      return [first, second].map((reply) => reply.ok && reply.status);
    };

    const live = openCaller({ providerHosts: hosts }, { record: true });
    expect(await script(live)).toEqual([200, 200]);
    const made = toRecording(live.session.exchanges(), live.session.secrets());
    expect(made).toMatchObject([
      {
        method: 'POST',
        url: TOKEN_URL,
        requestBody: '{"appKey":"ding-demo","appSecret":"masked"}',
        status: 200,
      },
      { method: 'POST', url: `${LEGACY_URL}?access_token=masked`, requestBody: 'mobile=138', status: 200 },
    ]);
    expect(made[1]?.body).toContain(long);
    expect(JSON.stringify(made)).not.toMatch(new RegExp(`${token}|demo-secret`));

    expect(await script(replay(JSON.parse(JSON.stringify(made))))).toEqual([200, 200]);
    expect(openCaller({ providerHosts: hosts }).session.exchanges()).toEqual([]);
  });
});

describe('a recording written by hand', () => {
  it.each([
    [{}, /must be a list/],
    [['x'], /one recorded call/],
    [[{ method: 'FETCH', url: TOKEN_URL, status: 200 }], /GET, HEAD, POST/],
    [[{ method: 'GET', url: '/v1.0', status: 200 }], /whole URL/],
    [[{ method: 'GET', url: TOKEN_URL, status: '200' }], /HTTP status/],
    [[{ method: 'GET', url: TOKEN_URL, status: 100 }], /final HTTP status/],
    [[{ method: 'GET', url: TOKEN_URL, status: 200, header: {} }], /header/],
    [[{ method: 'GET', url: TOKEN_URL, status: 200, headers: { a: 1 } }], /must be text/],
  ])('%j is refused in words', (given, message) => {
    const { success, error } = recording.safeParse(given);
    expect(success).toBe(false);
    expect(error?.issues.map((issue) => issue.message).join()).toMatch(message);
  });
});
