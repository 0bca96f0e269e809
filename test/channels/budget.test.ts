import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCalls, budgetFor, budgetOf, countedCalls, mayPoll } from '../../server/channels/budget.ts';
import type { TracedCall } from '../../server/contract/execution.ts';
import type { Execution } from '../../server/executions/stage-run.ts';
import { loadProvider } from '../../server/providers/provider.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { newChannel, startChannels, useSurroundings } from './support.ts';
import type { ChannelsHub } from './support.ts';

const provider = loadProvider('dingtalk');

function call(
  url: string,
  status: number,
  body: string | null = '{}',
  error?: TracedCall['error'],
): TracedCall {
  const message = { headers: {}, body: '', bytes: 0, truncated: false };
  const response = body === null ? null : { ...message, body };
  return { method: 'POST', url, status, durationMs: 1, request: message, response, ...(error && { error }) };
}
const counted = (...http: TracedCall[]): number =>
  countedCalls(provider, {
    executionId: null,
    ok: true,
    warnings: [],
    logs: [],
    http,
    durationMs: 1,
    cpuMs: 1,
    memoryBytes: 1,
  } satisfies Execution);

describe('calls that count against the quota', () => {
  it('are those of approvals, on whatever base they are sent', () => {
    expect(counted(call('https://api.dingtalk.com/v1.0/workflow/processInstances', 200))).toBe(1);
    expect(counted(call('http://127.0.0.1:1/simulator/dingtalk/v1.0/workflow/processInstances', 400))).toBe(
      1,
    );
    expect(counted(call('https://oapi.dingtalk.com/topapi/processinstance/get', 200))).toBe(1);
  });

  it('are not those for tokens and people, nor what never left', () => {
    expect(counted(call('https://api.dingtalk.com/v1.0/oauth2/accessToken', 200))).toBe(0);
    expect(counted(call('https://oapi.dingtalk.com/topapi/v2/user/get', 200))).toBe(0);
    const denied = { code: 'EGRESS_DENIED', message: '' } as const;
    expect(counted(call('https://api.dingtalk.com/v1.0/workflow/processInstances', 0, null, denied))).toBe(0);
  });

  it('are not those refused as too many a second, but those that got no answer', () => {
    const url = 'https://api.dingtalk.com/v1.0/workflow/processInstances';
    const qps = '{"code":"Forbidden.AccessDenied.QpsLimitForAppkeyAndApi","message":"slow"}';
    const old = '{"errcode":88,"sub_code":"90018","errmsg":"slow"}';
    expect(
      counted(call(url, 403, qps), call('https://oapi.dingtalk.com/topapi/processinstance/get', 200, old)),
    ).toBe(0);
    expect(counted(call(url, 403, '{"code":"Forbidden.AccessDenied.ApiCountLimitForOrg"}'))).toBe(1);
    expect(counted(call(url, 0, null, { code: 'HTTP_ERROR', message: 'timed out' }))).toBe(1);
  });
});

describe('the budget for looking', () => {
  const month = { month: '2026-11', days: 30 };

  it('is half of the calls, given out day by day', () => {
    const first = budgetFor(5000, { ...month, day: 1, calls: 0, polls: 0 });
    expect(first).toMatchObject({ pollLimit: 2500, pollLimitToday: 84 });
    expect(budgetFor(5000, { ...month, day: 30, calls: 0, polls: 0 }).pollLimitToday).toBe(2500);
  });

  it('ends with the day, and with the calls of the month', () => {
    expect(mayPoll(budgetFor(5000, { ...month, day: 1, calls: 83, polls: 83 }))).toBe(true);
    expect(mayPoll(budgetFor(5000, { ...month, day: 1, calls: 84, polls: 84 }))).toBe(false);
    expect(mayPoll(budgetFor(5000, { ...month, day: 2, calls: 84, polls: 84 }))).toBe(true);
    expect(mayPoll(budgetFor(5000, { ...month, day: 30, calls: 5000, polls: 0 }))).toBe(false);
    expect(mayPoll(budgetFor(0, { ...month, day: 30, calls: 0, polls: 0 }))).toBe(false);
  });
});

const surroundings = useSurroundings();

describe.each(DATABASES)('counting calls on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: ChannelsHub;
  beforeAll(async () => {
    hub = await startChannels(database(), surroundings());
  });
  afterAll(() => hub.close());

  it('adds up over the month, from any number at once, and the API shows it', async () => {
    const { knex } = database();
    const { id } = (await hub.call('POST', '/channels', { ...newChannel('Counted'), monthlyCalls: 100 }))
      .body;
    const other = (await hub.call('POST', '/channels', newChannel('Uncounted'))).body;
    await Promise.all(Array.from({ length: 20 }, () => addCalls(knex, id, { calls: 3, polls: 1 })));
    await addCalls(knex, id, { calls: 0, polls: 0 });
    const lastMonth = knex.raw(`(date_trunc('month', now() at time zone 'utc') - interval '1 day')::date`);
    await knex('channel_calls').insert({ channel_id: id, day: lastMonth as never, calls: 1000, polls: 1000 });
    expect(await budgetOf(knex, { id, monthlyCalls: 100 })).toMatchObject({
      limit: 100,
      used: 60,
      pollLimit: 50,
      polled: 20,
    });
    const { items } = (await hub.call('GET', '/channels')).body;
    const shown = new Map(items?.map((item) => [item.id, item['budget']]));
    expect(shown.get(id)).toMatchObject({
      used: 60,
      polled: 20,
      month: new Date().toISOString().slice(0, 7),
    });
    expect(shown.get(other.id)).toMatchObject({ used: 0, polled: 0 });
  });
});
