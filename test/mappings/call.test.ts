import { afterEach, describe, expect, it } from 'vitest';
import { createTokens } from '../../server/channels/token.ts';
import { completeVariables } from '../../server/contract/variables.ts';
import { createCaller, createTokenRunner } from '../../server/mappings/call.ts';
import type { CallerDeps, StageCall, StageCaller } from '../../server/mappings/call.ts';
import { loadScripts } from '../../server/mappings/scripts.ts';
import { UNOBSERVED } from '../../server/metrics.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { QUIET, SEALER, useSurroundings } from '../channels/support.ts';
import { serveReplies } from '../scripts/replies.ts';
import type { Reply } from '../scripts/replies.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub, VARIABLES } from './support.ts';

const CREATE = 'POST /v1.0/workflow/processInstances';

describe.each(DATABASES)('a stage that is called on %s', (kind) => {
  const database = useDatabase(kind);
  const surroundings = useSurroundings();
  const seen: string[] = [];
  const observe = { ...UNOBSERVED, alarmed: (what: string): unknown => seen.push(what) };
  const hub = useHub(database, surroundings);
  afterEach(() => surroundings().control('DELETE', ''));

  function callerWith(deps: Partial<CallerDeps>): StageCaller {
    const { sandbox } = surroundings();
    const runner = { knex: database().knex, sandbox, ownOrigins: () => [], observe, log: QUIET, ...deps };
    const runTokenStage = createTokenRunner(runner);
    return createCaller({
      ...runner,
      tokens: createTokens({ ...runner, knex: database().knex, sealer: SEALER, runTokenStage }),
    });
  }

  let count = 0;
  /** A published mapping, ready to be called. */
  async function published(stage?: 'create' | 'sync' | 'revoke', source?: string, base?: string) {
    const name = `Called ${kind} ${(count += 1)}`;
    const channelId = base === undefined ? hub().channelId : await hub().channel(name, base);
    const made = await hub().call('POST', '/mappings', {
      channelId,
      name,
      approvalDefinitionId: 'PROC-DEMO',
    });
    const { id } = made.body;
    if (stage !== undefined && source !== undefined) await hub().save(id, stage, source);
    await hub().call('POST', `/mappings/${id}/publish`);
    const { knex } = database();
    return { scripts: await loadScripts(knex, id, 1), channel: await hub().channels.get(knex, channelId) };
  }
  const task = {
    variables: completeVariables({ ...VARIABLES, APPROVAL_CODE: 'PROC-DEMO' }),
    context: { kind: 'live', runBy: 'the hub' },
  } as const satisfies Partial<StageCall>;

  it('opens an approval and reports it by the HTTP answer, not by the script', async () => {
    const ready = await published(
      'create',
      'await dingtalk.create([{ name: "Task ID", value: TASK_ID }]); return { approvalInstanceId: "something else" };',
    );
    const { creates, outcome, executionId } = await hub().caller.call({ ...ready, ...task, stage: 'create' });
    expect(outcome.result).toEqual({ approvalInstanceId: 'something else' });
    expect(creates).toEqual({ answer: { instanceId: expect.stringMatching(/./) as string } });
    expect(creates?.answer).not.toEqual({ instanceId: 'something else' });
    const row = await database().knex('executions').where({ id: executionId }).first();
    expect(row).toMatchObject({ kind: 'live', stage: 'create', version: 1, ok: true });
    expect(JSON.stringify(row)).not.toContain('demo-secret');
  });

  it.each<[string, Reply, object | null]>([
    ['an instance', { instanceId: 'i-1' }, { answer: { instanceId: 'i-1' } }],
    [
      'a refusal',
      { status: 400, body: { code: 'formConverterError', message: 'no', requestid: 'r' } },
      { answer: { refused: { kind: 'refused', code: 'formConverterError', message: 'no' } } },
    ],
    ['a page', { status: 200, body: '<html>' }, { answer: 'unclear' }],
    ['a fault of its own', { status: 502, body: '{}' }, { answer: 'unclear' }],
    ['nothing', 'cut', { answer: null }],
  ])('knows what became of a create call that was answered with %s', async (_what, reply, creates) => {
    const provider = await serveReplies({ [CREATE]: [reply] });
    try {
      const ready = await published(
        'create',
        'return await dingtalk.create([{ name: "Task ID", value: TASK_ID }], { originatorUserId: "user-li", deptId: 1 });',
        provider.url,
      );
      const end = await hub().caller.call({ ...ready, ...task, stage: 'create', accessToken: 'token' });
      expect(end.creates).toMatchObject(creates ?? {});
      expect(provider.calls().filter((call) => call === CREATE)).toHaveLength(1);
    } finally {
      await provider.close();
    }
  });

  it('does not send a create call whose intent cannot be stored', async () => {
    const before = (await surroundings().control('GET', '/instances')) as { items: unknown[] };
    const ready = await published();
    const announced: string[] = [];
    const end = await hub().caller.call({
      ...{ ...ready, ...task, stage: 'create' },
      beforeCall({ creates, url }) {
        if (creates) announced.push(url);
        return creates ? Promise.reject(new Error('somebody was faster')) : Promise.resolve();
      },
    });
    expect(end).toMatchObject({
      creates: null,
      outcome: { execution: { ok: false, error: { code: 'HTTP_ERROR' } } },
    });
    expect(announced).toHaveLength(1);
    expect(await surroundings().control('GET', '/instances')).toEqual(before);
  });

  it('gets a new token when the provider says that the old one is bad, and runs once more', async () => {
    const ready = await published();
    const opened = await hub().caller.call({ ...ready, ...task, stage: 'create' });
    const { approvalInstanceId } = opened.outcome.result as { approvalInstanceId: string };
    const tokens = () =>
      database().knex('executions').where({ mapping_id: ready.scripts.mappingId, stage: 'token' });
    const before = (await tokens()).length;
    await database()
      .knex('channel_tokens')
      .where({ channel_id: ready.channel.id })
      .update({ access_token: SEALER.seal('f'.repeat(32), await sealedAbout(ready.channel.id)) });
    const { outcome } = await hub().caller.call({ ...ready, ...task, stage: 'sync', approvalInstanceId });
    expect(outcome.execution).toMatchObject({ ok: true, result: { status: 'pending' } });
    expect(await tokens()).toHaveLength(before + 1);
    const runs = await database()
      .knex('executions')
      .where({ mapping_id: ready.scripts.mappingId, stage: 'sync' })
      .orderBy('id', 'desc')
      .limit(2);
    expect(runs.map(({ ok }) => ok)).toEqual([true, false]);
  });

  const sealedAbout = async (channelId: string): Promise<string> => {
    const row = await database().knex('channel_tokens').where({ channel_id: channelId }).first();
    return `channel:${channelId}:token:${row?.script_hash ?? ''}`;
  };

  it('is not run again for a token when it had changed something before', async () => {
    const bad = { status: 401, body: { code: 'InvalidAuthentication', message: 'no', requestid: 'r' } };
    const provider = await serveReplies({
      'POST /v1.0/oauth2/accessToken': [{ accessToken: 'token-1', expireIn: 7200 }],
      'POST /v1.0/workflow/processInstances/comments': [{ result: true, success: true }],
      'GET /v1.0/workflow/processInstances': [bad],
      'POST /v1.0/workflow/processInstances/terminate': [bad, { result: true, success: true }],
    });
    try {
      const ready = await published(
        'sync',
        "await dingtalk.comment('seen', 'user-li', approvalInstanceId); return await dingtalk.sync();",
        provider.url,
      );
      const end = await hub().caller.call({ ...ready, ...task, stage: 'sync', approvalInstanceId: 'i-1' });
      expect(end.outcome.execution).toMatchObject({ ok: false, error: { provider: { kind: 'token' } } });
      expect(provider.calls().filter((call) => call.includes('comments'))).toHaveLength(1);
      // What the provider refused for the token it did not do.
      const revoked = await hub().caller.call({
        ...ready,
        ...task,
        stage: 'revoke',
        approvalInstanceId: 'i-1',
      });
      expect(revoked.outcome.execution.ok).toBe(true);
      expect(provider.calls().filter((call) => call.includes('terminate'))).toHaveLength(2);
    } finally {
      await provider.close();
    }
  });

  it('ends with the token stage when no token can be had', async () => {
    const provider = await serveReplies({
      'POST /v1.0/oauth2/accessToken': [
        { status: 400, body: { code: 'invalidClientIdOrSecret', message: 'wrong', requestid: 'r' } },
      ],
    });
    try {
      const ready = await published(undefined, undefined, provider.url);
      const end = await hub().caller.call({ ...ready, ...task, stage: 'create' });
      expect(end).toMatchObject({ creates: null, outcome: { stage: 'token', execution: { ok: false } } });
      const answer = await hub().caller.ask({
        ...ready,
        ...task,
        question: 'form',
        input: { definitionId: 'PROC-DEMO' },
      });
      expect(answer).toMatchObject({ failure: { stage: 'token' } });
      expect(answer).not.toHaveProperty('value');
    } finally {
      await provider.close();
    }
  });

  it("counts the calls of the company's quota, looks that nobody asked for apart", async () => {
    const ready = await published();
    const calls = async () =>
      (await database().knex('channel_calls').where({ channel_id: hub().channelId }).first()) ?? {
        calls: 0,
        polls: 0,
      };
    const before = await calls();
    const opened = await hub().caller.call({ ...ready, ...task, stage: 'create' });
    const { approvalInstanceId } = opened.outcome.result as { approvalInstanceId: string };
    // Token and people are free of it: one call for the approval.
    expect((await calls()).calls).toBe(before.calls + 1);
    await hub().caller.call({
      ...ready,
      ...task,
      context: { ...task.context, poll: true },
      stage: 'sync',
      approvalInstanceId,
    });
    expect(await calls()).toMatchObject({ calls: before.calls + 2, polls: before.polls + 1 });
    await hub().caller.call({ ...ready, ...task, stage: 'sync', approvalInstanceId, recording: [] });
    expect(await calls()).toMatchObject({ calls: before.calls + 2 });
  });

  it('returns its outcome even when it cannot be stored', async () => {
    const ready = await published('sync', "return { status: 'approved' };");
    const broken = new Proxy(database().knex, {
      // Whichever way it goes: a transaction, or one statement.
      get: (knex, key) =>
        key === 'transaction' ? () => Promise.reject(new Error('away')) : (Reflect.get(knex, key) as unknown),
      apply(knex, self, [table]: [string]) {
        if (table === 'executions') throw new Error('away');
        return Reflect.apply(knex, self, [table]) as unknown;
      },
    });
    seen.length = 0;
    const end = await callerWith({ knex: broken }).call({
      ...ready,
      ...task,
      stage: 'sync',
      accessToken: 'x',
      approvalInstanceId: 'i',
    });
    expect(end.outcome.result).toEqual({ status: 'approved' });
    expect(seen).toEqual(['execution-lost']);
    expect(await database().knex('executions').where({ id: end.executionId })).toEqual([]);
  });

  it('says so when the sandbox takes no more', async () => {
    const ready = await published();
    const sandbox = await Sandbox.start({ clients: {}, children: 1, spares: 0 });
    sandbox.close();
    const end = await callerWith({ sandbox }).call({ ...ready, ...task, stage: 'sync', accessToken: 'x' });
    expect(end.outcome.execution.error?.code).toBe('SANDBOX_BUSY');
  });
});
