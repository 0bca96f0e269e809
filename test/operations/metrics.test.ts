import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../server/db/database.ts';
import { newId } from '../../server/ids.ts';
import { createMetrics } from '../../server/operations/metrics.ts';
import { quiet, workersOn } from '../jobs/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { counters } from './support.ts';

const sandbox = { stats: () => counters };

describe.each(DATABASES)('the metrics page on %s', (kind) => {
  const database = useDatabase(kind);
  const workers = workersOn(database);
  afterAll(() => workers.stop());

  it('shows the numbers of the database, the sandbox and the hub’s modules', async () => {
    const { knex } = database();
    const [channelId, mappingId] = [newId(), newId()];
    const channel = { name: 'HR "prod"', type: 'dingtalk', app_id: 'a', secrets: 's', monthly_calls: 5_000 };
    await knex('channels').insert({
      id: channelId,
      ...channel,
      last_callback_at: new Date(1_700_000_000_000),
    });
    const mapping = { channel_id: channelId, name: 'm', approval_definition_id: 'PROC' };
    await knex('mappings').insert({ id: mappingId, ...mapping });
    const version = { mapping_id: mappingId, version: 1, approval_definition_id: 'PROC', limits: {} };
    const sources = { token: '', create: '', revoke: '', callback: '', sync: '' };
    await knex('mapping_versions').insert({
      ...{ ...version, sources, default_stages: JSON.stringify([]) as never, published_by: 'test' },
    });
    const calls = { channel_id: channelId, calls: 40, polls: 15 };
    await knex('channel_calls').insert({
      ...calls,
      day: knex.raw("(now() at time zone 'utc')::date") as never,
    });
    const taskId = newId();
    for (const [index, status] of ['pending', 'pending', 'approved'].entries())
      await knex('tasks').insert({
        ...{ id: index === 0 ? taskId : newId(), task_id: `T-${index}`, task_type: 'sql' },
        ...{ status: status as 'pending', variables: {}, submitted_by: 'test' },
      });
    // What a test may have opened is not being found out.
    for (const task_id of [taskId, null])
      await knex('approvals').insert({
        ...{ id: newId(), channel_id: channelId, mapping_id: mappingId, opening: 'sending' },
        ...{ task_id, version: 1, intent_at: new Date() },
      });
    await knex('events').insert({ id: newId(), channel_id: channelId, type: 'x', outcome: 'waiting' });
    const jobs = workers.add();
    await jobs.prepare();
    await knex.transaction(async (trx) => {
      await jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' });
      await jobs.queue.enqueue(trx, 'sync-approval', { approvalId: 'a', why: 'poll' }, { afterMs: 60_000 });
    });
    await knex.raw(
      "update jobs.job set start_after = now() - interval '90 seconds' where name = 'open-approval'",
    );

    const metrics = createMetrics({ knex, sandbox, jobs, log: quiet });
    metrics.observer.stageRan({ stage: 'create', kind: 'live', code: 'ok', durationMs: 300 });
    metrics.observer.callbackAnswered('stored', 20);
    metrics.observer.providerCalled(channelId, 3);
    metrics.observer.taskBecame('approved');
    metrics.observer.alarmed('create-unknown');
    const text = await metrics.text();
    const of = `{channel_id="${channelId}",channel="HR \\"prod\\""}`;
    for (const line of [
      'countersign_up_database 1',
      'countersign_tasks{status="pending"} 2',
      'countersign_tasks{status="approved"} 1',
      'countersign_events{outcome="waiting"} 1',
      'countersign_approvals_uncertain 1',
      'countersign_jobs{queue="open-approval",state="ready"} 1',
      'countersign_jobs{queue="sync-approval",state="delayed"} 1',
      'countersign_jobs{queue="process-event",state="failed"} 0',
      `countersign_channel_calls_used${of} 40`,
      `countersign_channel_calls_limit${of} 5000`,
      `countersign_channel_polls_used${of} 15`,
      `countersign_channel_paused${of} 0`,
      `countersign_channel_last_callback_timestamp_seconds${of} 1700000000`,
      'countersign_sandbox_runs_total 7',
      'countersign_sandbox_failures_total{code="SCRIPT_TIMEOUT"} 2',
      'countersign_sandbox_child_ends_total{reason="memory"} 1',
      'countersign_sandbox_queued 3',
      'countersign_sandbox_resident_bytes 1000',
      'countersign_stage_runs_total{stage="create",kind="live",code="ok"} 1',
      'countersign_stage_duration_seconds_bucket{le="0.5",stage="create",kind="live"} 1',
      'countersign_callbacks_total{outcome="stored"} 1',
      `countersign_provider_calls_total{channel_id="${channelId}"} 3`,
      'countersign_task_transitions_total{status="approved"} 1',
      'countersign_alarms_total{what="create-unknown"} 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/countersign_jobs_oldest_seconds\{queue="open-approval"\} 9\d/);
    expect(text).toContain('process_cpu_seconds_total');
    expect(metrics.contentType).toContain('text/plain');

    const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const told = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');
    const names = [...told.matchAll(/countersign_\w*[a-z]/g)].map(([name]) => name.replace(/_bucket$/, ''));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => name !== 'countersign_sandbox' && !known.has(name))).toEqual([]);

    // Asked again soon, the database is not; what counts by itself goes on.
    await knex('tasks').update({ status: 'revoked' });
    metrics.observer.taskBecame('revoked');
    const soon = await metrics.text();
    expect(soon).toContain('countersign_tasks{status="pending"} 2');
    expect(soon).toContain('countersign_task_transitions_total{status="revoked"} 1');
    const fresh = createMetrics({ knex, sandbox, jobs, log: quiet, freshMs: 0 });
    expect(await fresh.text()).toContain('countersign_tasks{status="revoked"} 3');
  });

  it('does not wait for a database that does not answer, and asks it once only', async () => {
    let asked = 0;
    const stats = (): Promise<never> => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const metrics = createMetrics({
      ...{ knex: database().knex, sandbox, jobs: { stats }, log: quiet, patienceMs: 200, freshMs: 0 },
    });
    const pages = [await metrics.text(), ...(await Promise.all([metrics.text(), metrics.text()]))];
    expect(pages.every((page) => page.includes('countersign_up_database 0'))).toBe(true);
    expect(asked).toBe(1);
  });
});

describe('the metrics page without a database', () => {
  it('is served all the same, says so, and shows no figure as if it still held', async () => {
    const nobody = openPostgres('postgres://postgres@127.0.0.1:1/none');
    const jobs = { stats: () => Promise.reject(new Error('away')) };
    const metrics = createMetrics({ knex: nobody.knex, sandbox, jobs, log: quiet });
    metrics.observer.taskBecame('failed');
    const text = await metrics.text();
    expect(text).toContain('countersign_up_database 0');
    expect(text).toContain('countersign_task_transitions_total{status="failed"} 1');
    expect(text).not.toMatch(/^countersign_(tasks\{|approvals_uncertain )/m);
    await nobody.close();
  });
});
