import { describe, expect, it, vi } from 'vitest';
import type { EventRow } from '../../server/db/tables.ts';
import { createProcessor } from '../../server/events/process.ts';
import type { ProcessDeps } from '../../server/events/process.ts';
import { replayEvent } from '../../server/events/replay.ts';
import { createEventSweep } from '../../server/events/sweep.ts';
import type { StageEnd } from '../../server/executions/scripts.ts';
import { newId } from '../../server/ids.ts';
import { createLog } from '../../server/log.ts';
import { UNOBSERVED } from '../../server/metrics.ts';
import { WAITS } from '../../server/waits.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { change, freshInstance, useInbox } from './support.ts';

const WHO = { by: 'Li Lei', requestId: 'r-1' };
const JOB = { signal: new AbortController().signal, last: false };

describe.each(DATABASES)('working on events on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useInbox(database);

  const deps = (more: Partial<ProcessDeps> = {}): ProcessDeps => {
    const { queue, channels, versions, caller } = hub();
    const log = createLog('silent');
    return {
      ...{ knex: database().knex, queue, channels, versions, caller, waits: WAITS, observe: UNOBSERVED, log },
      ...more,
    };
  };
  const work = (event: Pick<EventRow, 'id'>, more: Partial<ProcessDeps> = {}, job = JOB): Promise<void> =>
    createProcessor(deps(more))({ eventId: event.id }, job);

  /** Stores an event as a push would, and works on it. */
  async function take(event: Record<string, unknown>, more: Partial<ProcessDeps> = {}): Promise<EventRow> {
    const instance = String(event['processInstanceId']);
    const before = (await hub().eventsOf(instance)).length;
    await hub().push(event);
    const stored = (await hub().eventsOf(instance))[before];
    if (stored === undefined) throw new Error('The event was not stored.');
    await work(stored, more);
    return again(stored);
  }
  async function again({ id }: Pick<EventRow, 'id'>): Promise<EventRow> {
    const row = await database().knex('events').where({ id }).first();
    if (row === undefined) throw new Error('The event is gone.');
    return row;
  }
  const executionsOf = ({ id }: Pick<EventRow, 'id'>) =>
    database().knex('executions').where({ event_id: id }).orderBy('id');

  it('a decision moves the task, and the run is kept with task and event', async () => {
    const instance = freshInstance();
    const { taskId, approvalId } = await hub().linkedTask(instance);
    const event = await take(change(instance, 'finish', { result: 'refuse' }));
    expect(event).toMatchObject({ outcome: 'applied', reason: null, approval_id: approvalId });
    expect(event.processed_at).not.toBeNull();
    expect(await hub().statusOf(taskId)).toBe('rejected');
    expect(await executionsOf(event)).toMatchObject([
      { kind: 'live', stage: 'callback', task_id: taskId, approval_id: approvalId, ok: true, version: 1 },
    ]);
    expect(hub().jobs.at(-1)).toEqual({ name: 'sync-approval', data: { approvalId, why: 'terminal' } });
  });

  it('a single approver’s action changes nothing', async () => {
    const instance = freshInstance();
    const { taskId } = await hub().linkedTask(instance);
    const agreed = change(instance, 'finish', { EventType: 'bpms_task_change', taskId: 7 });
    expect(await take(agreed)).toMatchObject({ outcome: 'unchanged' });
    expect(await hub().statusOf(taskId)).toBe('pending');
  });

  it('events may come in any order', async () => {
    const instance = freshInstance();
    const { taskId } = await hub().linkedTask(instance);
    expect(await take(change(instance, 'finish'))).toMatchObject({ outcome: 'applied' });
    expect(await take(change(instance, 'start'))).toMatchObject({ outcome: 'unchanged' });
    expect(await hub().statusOf(taskId)).toBe('approved');
  });

  it('an event that comes before its instance is known waits for the link', async () => {
    const instance = freshInstance();
    const { taskId, approvalId } = await hub().task();
    const event = await take(change(instance, 'finish'));
    expect(event).toMatchObject({ outcome: 'waiting', processed_at: null });
    await hub().link(approvalId, instance);
    expect(hub().jobs.at(-1)).toEqual({ name: 'process-event', data: { eventId: event.id } });
    await work(event);
    expect(await again(event)).toMatchObject({ outcome: 'applied', approval_id: approvalId });
    expect(await hub().statusOf(taskId)).toBe('approved');
  });

  // The embedded database has one connection, so that nothing is ever under way beside anything.
  if (kind === 'postgres')
    it('an event that is stored while a link is under way waits for its end', async () => {
      const { knex } = database();
      const instance = freshInstance();
      const { approvalId } = await hub().task();
      const linking = await knex.transaction();
      await hub().link(approvalId, instance, linking);
      const working = take(change(instance, 'start', { EventType: 'bpms_task_change' }));
      await vi.waitFor(
        async () => {
          const waiting = await knex('pg_locks').where({ locktype: 'advisory', granted: false });
          expect(waiting).toHaveLength(1);
        },
        { timeout: 20_000 },
      );
      await linking.commit();
      expect(await working).toMatchObject({ outcome: 'unchanged', approval_id: approvalId });
    });

  it('no event is left waiting when its push and the link meet', async () => {
    for (let round = 0; round < 25; round += 1) {
      const instance = freshInstance();
      const { approvalId } = await hub().task();
      const from = hub().jobs.length;
      const pushAndWork = async (): Promise<void> => {
        await hub().push(change(instance, 'start', { EventType: 'bpms_task_change' }));
        const [event] = await hub().eventsOf(instance);
        if (event !== undefined) await work(event);
      };
      await Promise.all([pushAndWork(), hub().link(approvalId, instance)]);
      const [event] = await hub().eventsOf(instance);
      const wasWoken = hub()
        .jobs.slice(from)
        .filter(({ data }) => 'eventId' in data && data.eventId === event?.id);
      // Put into the queue by the push, which saw the link, or by the link, which saw the event. Both may when neither could wait.
      expect(event?.outcome === 'unchanged' || wasWoken.length >= 1).toBe(true);
    }
  });

  it('worked on twice at once, an event counts once', async () => {
    const instance = freshInstance();
    const { taskId } = await hub().linkedTask(instance);
    await hub().push(change(instance, 'finish'));
    const [event] = await hub().eventsOf(instance);
    if (event === undefined) throw new Error('The event was not stored.');
    await Promise.all([work(event), work(event)]);
    await work(event);
    expect(await again(event)).toMatchObject({ outcome: 'applied' });
    const approved = await database().knex('timeline').where({ task_id: taskId, what: 'approved' });
    expect(approved).toHaveLength(1);
  });

  it('an instance that never becomes known is foreign in the end, and its payload goes', async () => {
    const waits = { ...WAITS, unknownInstance: 0 };
    const byJob = await take(change(freshInstance(), 'finish'), { waits });
    expect(byJob).toMatchObject({ outcome: 'foreign', payload: null, raw: null });
    const patient = await take(change(freshInstance(), 'finish'));
    const { knex } = database();
    const { queue } = hub();
    await createEventSweep({ knex, queue, waits: WAITS })();
    expect(await again(patient)).toMatchObject({ outcome: 'waiting' });
    await createEventSweep({ knex, queue, waits })();
    expect(await again(patient)).toMatchObject({ outcome: 'foreign', payload: null });
  });

  it('an event whose job was given up is worked on again after a while, and not at every tick', async () => {
    const instance = freshInstance();
    const { approvalId } = await hub().linkedTask(instance);
    await hub().push(change(instance, 'finish'));
    const [event] = await hub().eventsOf(instance);
    if (event === undefined) throw new Error('The event was not stored.');
    const { knex } = database();
    // As it stands when a process was killed in the middle of it.
    await knex('events').where({ id: event.id }).update({ approval_id: approvalId });
    const sweep = createEventSweep({ knex, queue: hub().queue, waits: WAITS });
    const from = hub().jobs.length;
    const enqueued = () =>
      hub()
        .jobs.slice(from)
        .filter(({ data }) => 'eventId' in data && data.eventId === event.id);
    await sweep();
    expect(enqueued()).toHaveLength(0);
    const aWhileAgo = new Date(Date.now() - 60 * 60_000);
    await knex('events').where({ id: event.id }).update({ received_at: aWhileAgo });
    for (let ticks = 0; ticks < 40; ticks += 1) await sweep();
    expect(enqueued()).toHaveLength(1);
    await work(event);
    expect(await again(event)).toMatchObject({ outcome: 'applied' });
  });

  it("events of a test's approval are told apart and touch nothing", async () => {
    const { knex } = database();
    const { channelId, mappingId, queue } = hub();
    const instance = freshInstance();
    const early = await take(change(instance, 'start'));
    const approvalId = newId();
    await knex('approvals').insert({
      ...{ id: approvalId, channel_id: channelId, mapping_id: mappingId, opening: 'linked' },
      ...{ approval_instance_id: instance, status: 'pending' },
    });
    const late = await take(change(instance, 'finish'));
    const ofTest = {
      outcome: 'unchanged',
      approval_id: approvalId,
      reason: expect.stringContaining('test') as string,
    };
    expect(late).toMatchObject(ofTest);
    expect(await executionsOf(late)).toEqual([]);
    // It was written whole, so that no link woke the early one.
    await createEventSweep({ knex, queue, waits: WAITS })();
    expect(hub().jobs.at(-1)).toEqual({ name: 'process-event', data: { eventId: early.id } });
    await work(early);
    expect(await again(early)).toMatchObject(ofTest);
    await expect(replayEvent({ knex, queue }, early.id, WHO)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('an approval by a script of one’s own is confirmed by a sync first', async () => {
    await hub().publish("return { approvalInstanceId: event.processInstanceId, status: 'approved' };");
    const instance = freshInstance();
    const { taskId, approvalId } = await hub().linkedTask(instance);
    expect(await take(change(instance, 'finish'))).toMatchObject({ outcome: 'unchanged' });
    expect(await hub().statusOf(taskId)).toBe('pending');
    expect(hub().jobs.at(-1)).toEqual({ name: 'sync-approval', data: { approvalId, why: 'confirm' } });
  });

  it('a script cannot speak of another instance', async () => {
    await hub().publish("return { approvalInstanceId: 'I-of-another-task', status: 'rejected' };");
    const instance = freshInstance();
    const { taskId } = await hub().linkedTask(instance);
    const other = await hub().linkedTask('I-of-another-task');
    expect(await take(change(instance, 'finish'))).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/^SCRIPT_RESULT: .*I-of-another-task/) as string,
    });
    expect([await hub().statusOf(taskId), await hub().statusOf(other.taskId)]).toEqual([
      'pending',
      'pending',
    ]);
  });

  it('an event whose script failed is kept, and a replay works once the script is mended', async () => {
    const { knex } = database();
    const { queue } = hub();
    const broken = await hub().publish('return event.noSuchThing.status;');
    const instance = freshInstance();
    const { taskId } = await hub().linkedTask(instance);
    const event = await take(change(instance, 'finish', { result: 'refuse' }));
    expect(event).toMatchObject({
      outcome: 'failed',
      payload: { processInstanceId: instance },
      reason: expect.stringMatching(/^SCRIPT_ERROR: /) as string,
    });
    await replayEvent({ knex, queue }, event.id, WHO);
    await work(event);
    expect(await again(event)).toMatchObject({ outcome: 'failed' });

    const mended = await hub().publish(
      "return event.result === 'refuse' ? { approvalInstanceId: event.processInstanceId, status: 'rejected' } : null;",
    );
    await replayEvent({ knex, queue }, event.id, WHO);
    expect(await again(event)).toMatchObject({ outcome: 'waiting', reason: 'replayed by Li Lei' });
    expect(hub().jobs.at(-1)).toEqual({ name: 'process-event', data: { eventId: event.id } });
    await work(event);
    expect(await again(event)).toMatchObject({ outcome: 'applied', reason: null });
    expect(await hub().statusOf(taskId)).toBe('rejected');
    const versions = (await executionsOf(event)).map(({ version }) => version);
    expect(versions).toEqual([broken, broken, broken, mended]);
    const audits = await knex('audit').where({ object_type: 'event', object_id: event.id });
    expect(audits).toMatchObject([
      { by: 'Li Lei', action: 'replay', request_id: 'r-1' },
      { by: 'Li Lei', action: 'replay', request_id: 'r-1' },
    ]);
  });

  it('a version that was published meanwhile is used only by a replay', async () => {
    await hub().publish('throw new Error("broken");');
    const instance = freshInstance();
    await hub().linkedTask(instance);
    await hub().publish('return null;');
    expect(await take(change(instance, 'finish'))).toMatchObject({ outcome: 'failed' });
  });

  it('a busy sandbox is tried again, and at the last time the event fails', async () => {
    const instance = freshInstance();
    await hub().linkedTask(instance);
    await hub().push(change(instance, 'finish'));
    const [event] = await hub().eventsOf(instance);
    if (event === undefined) throw new Error('The event was not stored.');
    const error = { code: 'SANDBOX_BUSY', message: 'The queue is full.' };
    const busy = {
      ...hub().caller,
      call: () => Promise.resolve({ outcome: { execution: { error } } } as unknown as StageEnd),
    };
    await expect(work(event, { caller: busy })).rejects.toThrow('SANDBOX_BUSY');
    expect(await again(event)).toMatchObject({ outcome: 'waiting' });
    await work(event, { caller: busy }, { ...JOB, last: true });
    expect(await again(event)).toMatchObject({
      outcome: 'failed',
      reason: 'SANDBOX_BUSY: The queue is full.',
    });
  });

  it('a run that was cut off by the end of the process does not decide the event', async () => {
    await hub().publish('await new Promise((resolve) => setTimeout(resolve, 15_000)); return null;');
    const instance = freshInstance();
    await hub().linkedTask(instance);
    await hub().push(change(instance, 'finish'));
    const [event] = await hub().eventsOf(instance);
    if (event === undefined) throw new Error('The event was not stored.');
    const stop = new AbortController();
    const caller = {
      ...hub().caller,
      call: (call: Parameters<ProcessDeps['caller']['call']>[0]) => {
        stop.abort();
        return hub().caller.call(call);
      },
    };
    await expect(work(event, { caller }, { signal: stop.signal, last: true })).rejects.toThrow('taken away');
    expect(await again(event)).toMatchObject({ outcome: 'waiting' });
  });
});
