import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { forgetTokens, takeLease } from '../../server/channels/token-store.ts';
import { createTokens, usableMs } from '../../server/channels/token.ts';
import type { TokenAnswer, Tokens } from '../../server/channels/token.ts';
import type { Channel } from '../../server/channels/channel.ts';
import type { Scripts, StageEnd } from '../../server/executions/scripts.ts';
import { newId } from '../../server/ids.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { newChannel, QUIET, SEALER, startChannels, useSurroundings } from './support.ts';
import type { ChannelsHub } from './support.ts';

const CONTEXT = { kind: 'live', runBy: 'the hub' } as const;
const LEASE_MS = 400;

const scriptsWith = (token: string): Scripts => ({
  ...{ mappingId: newId(), mappingName: 'm', version: 1, channelId: newId(), approvalDefinitionId: 'PROC-1' },
  ...{ sources: { token, create: '', revoke: '', callback: '', sync: '' }, defaultStages: [], limits: {} },
});
const SCRIPTS = scriptsWith('return await dingtalk.token();');

const USAGE = { warnings: [], logs: [], http: [], durationMs: 1, cpuMs: 1, memoryBytes: 1 };
function end(accessToken: string | undefined, expiresIn = 7200): StageEnd {
  const ok = accessToken !== undefined;
  const result = ok ? { accessToken, expiresIn } : undefined;
  const execution = { executionId: null, ok, ...USAGE };
  const outcome = { stage: 'token', result, execution, exchanges: [], secrets: [] } as const;
  return { executionId: newId(), outcome, creates: null };
}

/** A token stage that a test answers by hand. */
function stage(): {
  run: () => Promise<StageEnd>;
  readonly asked: number;
  /** Waits until it is asked, and answers. */
  answer(given: StageEnd): Promise<void>;
} {
  const waiting: ((given: StageEnd) => void)[] = [];
  let asked = 0;
  return {
    run() {
      asked += 1;
      return new Promise((answer) => waiting.push(answer));
    },
    get asked() {
      return asked;
    },
    async answer(given) {
      await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0), { timeout: 5_000, interval: 5 });
      waiting.shift()?.(given);
    },
  };
}

const surroundings = useSurroundings();

describe.each(DATABASES)('access tokens on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: ChannelsHub;
  beforeAll(async () => {
    hub = await startChannels(database(), surroundings());
  });
  afterAll(() => hub.close());

  let counter = 0;
  async function newOne(): Promise<Channel> {
    counter += 1;
    const { body } = await hub.call('POST', '/channels', newChannel(`Tokens ${counter}`));
    return hub.store.get(database().knex, body.id);
  }
  /** The tokens of one process: several share the database. */
  const processOf = (run: () => Promise<StageEnd>, sealer = SEALER): Tokens =>
    createTokens({
      knex: database().knex,
      sealer,
      runTokenStage: run,
      log: QUIET,
      waits: { lease: LEASE_MS, look: 10 },
    });
  const rowsOf = (
    channel: Channel,
  ): Promise<{ access_token: string | null; lease_until: Date | null; lease_by: string | null }[]> =>
    database().knex('channel_tokens').where({ channel_id: channel.id });
  const tokenIn = (answer: TokenAnswer): string => ('accessToken' in answer ? answer.accessToken : 'failed');

  it('are fetched once for everybody, in all processes, and kept encrypted', async () => {
    const channel = await newOne();
    const one = stage();
    const processes = [processOf(one.run), processOf(one.run), processOf(one.run)];
    const all = Promise.all(
      processes.flatMap((tokens) => Array.from({ length: 10 }, () => tokens.get(channel, SCRIPTS, CONTEXT))),
    );
    await one.answer(end('token-1'));
    expect(new Set((await all).map(tokenIn))).toEqual(new Set(['token-1']));
    expect(one.asked).toBe(1);
    expect(tokenIn(await processOf(one.run).get(channel, SCRIPTS, CONTEXT))).toBe('token-1');
    const [row] = await rowsOf(channel);
    expect(row).toMatchObject({ lease_by: null, lease_until: null });
    expect(JSON.stringify(row)).not.toContain('token-1');
  });

  it('are fetched anew when they are over, and for another script', async () => {
    const { knex } = database();
    const channel = await newOne();
    const one = stage();
    const tokens = processOf(one.run);
    const get = async (scripts: Scripts, brought: string): Promise<string> => {
      const got = tokens.get(channel, scripts, CONTEXT);
      await one.answer(end(brought));
      return tokenIn(await got);
    };
    expect(await get(SCRIPTS, 'token-1')).toBe('token-1');
    await knex('channel_tokens')
      .where({ channel_id: channel.id })
      .update({ expires_at: knex.fn.now() as never });
    expect(await get(SCRIPTS, 'token-2')).toBe('token-2');
    expect(await get(scriptsWith('return myToken();'), 'token-3')).toBe('token-3');
    expect(tokenIn(await tokens.get(channel, SCRIPTS, CONTEXT))).toBe('token-2');
  });

  it('that cannot be fetched are tried again by the next caller, without waiting', async () => {
    const channel = await newOne();
    const one = stage();
    const tokens = processOf(one.run);
    const failed = end(undefined);
    const first = Promise.all([tokens.get(channel, SCRIPTS, CONTEXT), tokens.get(channel, SCRIPTS, CONTEXT)]);
    await one.answer(failed);
    expect(await first).toEqual([{ failed }, { failed }]);
    const second = tokens.get(channel, SCRIPTS, CONTEXT);
    await one.answer(end('token-1'));
    expect(tokenIn(await second)).toBe('token-1');
    expect(one.asked).toBe(2);
  });

  it('that another process failed to fetch are fetched by the waiting one', async () => {
    const channel = await newOne();
    const [one, two] = [stage(), stage()];
    const failing = processOf(one.run).get(channel, SCRIPTS, CONTEXT);
    await vi.waitFor(() => expect(one.asked).toBe(1));
    const waiting = processOf(two.run).get(channel, SCRIPTS, CONTEXT);
    await one.answer(end(undefined));
    expect(tokenIn(await failing)).toBe('failed');
    await two.answer(end('token-2'));
    expect(tokenIn(await waiting)).toBe('token-2');
  });

  it('are fetched by the next caller when a fetch throws', async () => {
    const channel = await newOne();
    const broken = processOf(() => Promise.reject(new Error('the sandbox is gone')));
    await expect(broken.get(channel, SCRIPTS, CONTEXT)).rejects.toThrow('the sandbox is gone');
    expect(await rowsOf(channel)).toMatchObject([{ lease_by: null }]);
  });

  it('are waited for no longer than the lease when the fetching process dies', async () => {
    const channel = await newOne();
    const one = stage();
    const first = processOf(one.run).get(channel, SCRIPTS, CONTEXT);
    await one.answer(end('token-1'));
    await first;
    const { knex } = database();
    const [row] = await knex('channel_tokens').where({ channel_id: channel.id });
    const key = { channelId: channel.id, scriptHash: row?.script_hash ?? '' };
    await knex('channel_tokens').where({ channel_id: channel.id }).update({ access_token: null });
    expect(await takeLease(knex, key, newId(), LEASE_MS)).toBe(true);
    const begun = performance.now();
    const got = processOf(one.run).get(channel, SCRIPTS, CONTEXT);
    await one.answer(end('token-2'));
    expect(tokenIn(await got)).toBe('token-2');
    expect(performance.now() - begun).toBeGreaterThan(LEASE_MS * 0.9);
  });

  it('are fetched by one process even when that takes longer than a lease', async () => {
    const channel = await newOne();
    const [slow, other] = [stage(), stage()];
    const first = processOf(slow.run).get(channel, SCRIPTS, CONTEXT);
    await vi.waitFor(async () => expect(await rowsOf(channel)).toHaveLength(1));
    const begun = (await rowsOf(channel))[0]?.lease_until?.getTime() ?? 0;
    const second = processOf(other.run).get(channel, SCRIPTS, CONTEXT);
    await vi.waitFor(
      async () =>
        expect((await rowsOf(channel))[0]?.lease_until?.getTime()).toBeGreaterThan(begun + LEASE_MS),
      { timeout: 10_000 },
    );
    await slow.answer(end('token-1'));
    expect([tokenIn(await first), tokenIn(await second), other.asked]).toEqual(['token-1', 'token-1', 0]);
  });

  it('are dropped when they are bad, and a newer one is not', async () => {
    const channel = await newOne();
    const one = stage();
    const tokens = processOf(one.run);
    const first = tokens.get(channel, SCRIPTS, CONTEXT);
    await one.answer(end('token-1'));
    await first;
    await tokens.drop(channel, SCRIPTS, 'token-0');
    expect(tokenIn(await tokens.get(channel, SCRIPTS, CONTEXT))).toBe('token-1');
    await Promise.all([
      tokens.drop(channel, SCRIPTS, 'token-1'),
      processOf(one.run).drop(channel, SCRIPTS, 'token-1'),
    ]);
    const second = tokens.get(channel, SCRIPTS, CONTEXT);
    await one.answer(end('token-2'));
    expect(tokenIn(await second)).toBe('token-2');
    await tokens.drop(channel, SCRIPTS, 'token-1');
    expect(tokenIn(await tokens.get(channel, SCRIPTS, CONTEXT))).toBe('token-2');
  });

  it('that are fetched while the channel becomes another app are not kept', async () => {
    const channel = await newOne();
    const one = stage();
    const got = processOf(one.run).get(channel, SCRIPTS, CONTEXT);
    await vi.waitFor(() => expect(one.asked).toBe(1));
    await forgetTokens(database().knex, channel.id);
    await one.answer(end('token-of-the-old-app'));
    expect(tokenIn(await got)).toBe('token-of-the-old-app');
    expect(await rowsOf(channel)).toEqual([]);
  });

  it('that were sealed with a lost key are fetched anew', async () => {
    const channel = await newOne();
    const one = stage();
    const first = processOf(one.run, createSealer('another secret key, also long enough')).get(
      channel,
      SCRIPTS,
      CONTEXT,
    );
    await one.answer(end('token-1'));
    await first;
    const got = processOf(one.run).get(channel, SCRIPTS, CONTEXT);
    await one.answer(end('token-2'));
    expect(tokenIn(await got)).toBe('token-2');
  });

  it('of a channel that was deleted meanwhile are an error, not an endless wait', async () => {
    const channel = await newOne();
    await hub.call('DELETE', `/channels/${channel.id}`);
    await expect(processOf(stage().run).get(channel, SCRIPTS, CONTEXT)).rejects.toMatchObject({
      code: '23503',
    });
  });
});

it('a token is used until five minutes before its end, or for nine tenths of a short life', () => {
  expect([7200, 3000, 600, 1, 1e12].map(usableMs)).toEqual([
    6_900_000, 2_700_000, 540_000, 900, 2_591_700_000,
  ]);
});
