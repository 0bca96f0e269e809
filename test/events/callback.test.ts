import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { claimUnseen } from '../../server/approvals/due-store.ts';
import { lockSubject } from '../../server/approvals/store.ts';
import { createLog } from '../../server/log.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { change, DEFINITION, freshInstance, useInbox } from './support.ts';

/** For a machine that others keep busy. */
const PATIENT = { timeout: 20_000 };

const problem = { status: 401, code: 'UNAUTHENTICATED', title: 'Unauthorized', type: 'about:blank' };

/** What DingTalk takes for an acknowledgement: 200 with the four texts; the simulator, which checks them, is asked elsewhere. */
const acknowledged = async (response: Response): Promise<boolean> =>
  response.status === 200 && Object.keys((await response.json()) as object).includes('msg_signature');

describe.each(DATABASES)('callbacks on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useInbox(database);
  const count = async (): Promise<number> => {
    const ids = await database().knex('events').pluck('id');
    return ids.length;
  };

  it('pass the URL check that DingTalk makes when a callback is saved', async () => {
    expect(await hub().subscribe()).toEqual({ ok: true, detail: 'success' });
    expect(await count()).toBe(0);
  });

  it('take what DingTalk pushes, and note that callbacks arrive', async () => {
    await hub().subscribe();
    const instance = await hub().open();
    await vi.waitFor(async () => expect(await hub().eventsOf(instance)).toHaveLength(2), PATIENT);
    const events = await hub().eventsOf(instance);
    expect(events.map(({ type }) => type)).toEqual(['bpms_instance_change', 'bpms_task_change']);
    expect(events[0]).toMatchObject({
      channel_id: hub().channelId,
      definition_id: DEFINITION,
      outcome: 'waiting',
      payload: { type: 'start', processInstanceId: instance },
      raw: {
        query: { nonce: expect.any(String) as string },
        body: expect.stringContaining('encrypt') as string,
      },
    });
    const channel = await hub().channels.get(database().knex, hub().channelId);
    expect(channel.lastCallbackAt).not.toBeNull();
  });

  it('acknowledge one event pushed a hundred times at once, and keep it once, with one job', async () => {
    const instance = freshInstance();
    await hub().linkedTask(instance);
    const event = change(instance, 'finish');
    const replies = await Promise.all(Array.from({ length: 100 }, () => hub().push(event)));
    expect(await Promise.all(replies.map(acknowledged))).not.toContain(false);
    const stored = await hub().eventsOf(instance);
    expect(stored).toHaveLength(1);
    const id = stored[0]?.id ?? '';
    expect(hub().jobs.filter(({ data }) => 'eventId' in data && data.eventId === id)).toHaveLength(1);
    // Pushed again much later, after the event itself was trimmed.
    await database().knex('events').where({ id }).delete();
    expect(await acknowledged(await hub().push(event))).toBe(true);
    expect(await hub().eventsOf(instance)).toEqual([]);
  });

  it('know an event again that comes over a connection too', async () => {
    const event = change(freshInstance(), 'finish', { CorpId: 'dingcorp', EventTime: 1760000600123 });
    expect(await acknowledged(await hub().push(event))).toBe(true);
    const { EventType: eventType, eventId, CorpId: eventCorpId, EventTime, ...fields } = event;
    const headers = { messageId: 'm-1', eventType, eventId, eventCorpId, eventBornTime: String(EventTime) };
    const frame = JSON.stringify({ type: 'EVENT', headers, data: JSON.stringify(fields) });
    const channel = await hub().channels.get(database().knex, hub().channelId);
    const read = channel.protocol.connection?.readFrame(frame);
    expect(read).toMatchObject({ kind: 'event', event });
    const push = { channel, raw: { frame }, event: read?.kind === 'event' ? read.event : {} };
    expect(await hub().inbox.receive(push)).toBe('duplicate');
  });

  it('acknowledge a burst of 500', async () => {
    const instance = freshInstance();
    const pushes = Array.from({ length: 500 }, (_, taskId) =>
      hub().push(change(instance, 'start', { EventType: 'bpms_task_change', taskId })),
    );
    const replies = await Promise.all(pushes);
    expect(await Promise.all(replies.map(acknowledged))).not.toContain(false);
    expect(await hub().eventsOf(instance)).toHaveLength(500);
    // In batches of many sizes, which all have one text: each text is prepared by itself, and some weigh a MiB a connection.
    for (let size = 1; size <= 8; size += 1)
      for (let times = 0; times < 4; times += 1)
        await Promise.all(Array.from({ length: size }, () => hub().push(change(instance, 'start'))));
    const { rows } = await database().knex.raw<{ rows: { texts: string }[] }>(
      "select count(*) as texts from pg_prepared_statements where statement like '%into %event%'",
    );
    expect(Number(rows[0]?.texts)).toBeLessThanOrEqual(2);
  });

  it('know an event without an id by what it says, whatever its envelope looks like', async () => {
    const instance = freshInstance();
    const told = { eventId: undefined, result: 'refuse', finishTime: 1760000600000 };
    await hub().push(change(instance, 'finish', { ...told, CorpId: 'ding1', EventTime: 1760000600123 }));
    await hub().push(change(instance, 'finish', { ...told, corpId: 'ding1' }));
    expect(await hub().eventsOf(instance)).toHaveLength(1);
  });

  it('keep events of definitions that no mapping knows without their payload, and do no work for them', async () => {
    const [instance, jobs] = [freshInstance(), hub().jobs.length];
    const leave = change(instance, 'start', { processCode: 'PROC-HOLIDAY', title: 'Wang goes to hospital' });
    expect(await acknowledged(await hub().push(leave))).toBe(true);
    expect(await hub().eventsOf(instance)).toMatchObject([
      { outcome: 'foreign', definition_id: 'PROC-HOLIDAY', payload: null, raw: null },
    ]);
    expect(hub().jobs).toHaveLength(jobs);
  });

  it('work on events of an instance of ours whatever definition they name', async () => {
    const instance = freshInstance();
    await hub().linkedTask(instance);
    await hub().push(change(instance, 'finish', { processCode: 'PROC-RENAMED' }));
    expect(await hub().eventsOf(instance)).toMatchObject([{ outcome: 'waiting' }]);
  });

  it('keep events that speak of no approval', async () => {
    const eventId = freshInstance();
    await hub().push({
      EventType: 'user_add_org',
      eventId,
      userId: ['user-new'],
      timeStamp: '1760000000123',
    });
    const rows = await database().knex('events').where({ type: 'user_add_org' });
    expect(rows.find(({ payload }) => (payload as { eventId: string }).eventId === eventId)).toMatchObject({
      outcome: 'unchanged',
      payload: { userId: ['user-new'] },
    });
  });

  it('keep texts that PostgreSQL cannot hold', async () => {
    const instance = freshInstance();
    const event = change(instance, 'start', { title: 'nul \0 half \ud83d whole 🔥', 'key\0': [['\0']] });
    expect(await acknowledged(await hub().push(event))).toBe(true);
    expect(await hub().eventsOf(instance)).toMatchObject([
      { payload: { title: 'nul \ufffd half \ufffd whole 🔥', 'key\ufffd': [['\ufffd']] } },
    ]);
  });

  it('are taken while the channel is paused', async () => {
    const { knex } = database();
    await knex('channels')
      .where({ id: hub().channelId })
      .update({ paused_at: knex.fn.now() as never });
    onTestFinished(() => knex('channels').where({ id: hub().channelId }).update({ paused_at: null }));
    expect(await acknowledged(await hub().push(change(freshInstance(), 'start')))).toBe(true);
  });

  it.each([
    ['signed with another token', { token: 'another' }],
    ['for another receiver', { receiveId: 'ding-other' }],
    ['without the encrypted text', { body: '{}' }],
    ['of another text than was signed', { body: '{"encrypt":"AAAA"}' }],
    ['that is no JSON', { body: '<html>' }],
  ])('refuse a push %s, store nothing and tell nothing', async (_, options) => {
    const before = await count();
    const response = await hub().push(change(freshInstance(), 'finish'), options);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(problem);
    expect(await count()).toBe(before);
  });

  it.each(['00000000-0000-7000-8000-000000000000', 'x', "'; drop table events --"])(
    'answer 404 for the unknown channel %s',
    async (channelId) => {
      const response = await hub().push(change(freshInstance(), 'finish'), {
        channelId: encodeURIComponent(channelId),
      });
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    },
  );

  it('come by POST, or by GET for a check, and by no other method', async () => {
    const response = await fetch(`${await hub().serve({})}/callbacks/${hub().channelId}`, { method: 'PUT' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(await response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('slow down senders that cannot sign, but never answer 429 to one that can', async () => {
    let now = 0;
    const origin = await hub().serve({ now: () => now });
    const forged = (): Promise<Response> => hub().push({}, { token: 'guess', origin });
    const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await forged()).status));
    expect(statuses.filter((status) => status === 401)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    expect(await acknowledged(await hub().push(change(freshInstance(), 'start'), { origin }))).toBe(true);
    now = 60_000;
    expect((await forged()).status).toBe(401);
  });

  it('refuse a body beyond 1 MiB, and one that does not arrive', async () => {
    const body = JSON.stringify({ encrypt: 'A'.repeat(1024 * 1024) });
    expect((await hub().push({}, { body })).status).toBe(413);
    const origin = await hub().serve({ patienceMs: 100 });
    const { port } = new URL(origin);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(
          `POST /callbacks/${hub().channelId} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"`,
        ),
      );
      socket.once('data', (data) => resolve(data.toString())).once('error', reject);
      onTestFinished(() => void socket.destroy());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  // The embedded database has one connection, so that nothing is ever under way beside anything.
  if (kind === 'postgres') {
    it('are acknowledged while somebody works on their approval', async () => {
      const { knex } = database();
      const origin = await hub().serve({ patienceMs: 2_000 });
      const instance = freshInstance();
      const { approvalId } = await hub().linkedTask(instance);
      for (const take of [lockSubject, claimUnseen]) {
        const worker = await knex.transaction();
        expect(await take(worker, approvalId)).toBeDefined();
        expect(await acknowledged(await hub().push(change(instance, 'start'), { origin }))).toBe(true);
        await worker.rollback();
      }
      expect((await hub().eventsOf(instance)).map((event) => event.approval_id)).toEqual([
        approvalId,
        approvalId,
      ]);
    });

    it('are acknowledged when their approval is deleted at the same moment', async () => {
      const { knex } = database();
      const instance = freshInstance();
      const { taskId } = await hub().linkedTask(instance);
      const deleting = await knex.transaction();
      await deleting('tasks').where({ id: taskId }).delete();
      const reply = hub().push(change(instance, 'finish'));
      await vi.waitFor(
        async () => expect(await knex('pg_locks').where({ granted: false })).not.toEqual([]),
        PATIENT,
      );
      await deleting.commit();
      expect(await acknowledged(await reply)).toBe(true);
      expect(await hub().eventsOf(instance)).toMatchObject([{ outcome: 'waiting', approval_id: null }]);
    });
  }

  it('are not acknowledged while the database hangs, and count once when they come again', async () => {
    const { knex } = database();
    const origin = await hub().serve({ patienceMs: 300 });
    const event = change(freshInstance(), 'finish');
    const blocker = await knex.transaction();
    await blocker.raw('lock table event_keys in access exclusive mode');
    const late = await hub().push(event, { origin });
    expect(late.status).toBe(503);
    expect(late.headers.get('retry-after')).toBe('10');
    await blocker.rollback();
    expect(await acknowledged(await hub().push(event))).toBe(true);
    expect(await hub().eventsOf(String(event['processInstanceId']))).toHaveLength(1);
  });

  it('are not acknowledged while the database is away, and the process lives', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const lost = await hub().serve({ findChannel: () => Promise.reject(away) });
    expect((await hub().push(change(freshInstance(), 'finish'), { origin: lost })).status).toBe(503);
    const full = await hub().serve({ inbox: { receive: () => Promise.reject(new Error('disk full')) } });
    const response = await hub().push(change(freshInstance(), 'finish'), { origin: full });
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('disk');
  });

  it('tell the log why they were refused, and no secret', async () => {
    const lines: string[] = [];
    const log = createLog('info');
    vi.spyOn(log, 'warn').mockImplementation((...line: unknown[]) => void lines.push(JSON.stringify(line)));
    const origin = await hub().serve({ log });
    await hub().push({}, { token: 'guess', origin });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('signature');
    expect(lines[0]).not.toContain('hubtoken');
  });

  it('never answer 500 or an acknowledgement, whatever a stranger sends', async () => {
    const before = await count();
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.oneof(
          fc.json(),
          fc.record({ encrypt: fc.anything() }).map((body) => JSON.stringify(body)),
        ),
        fc.dictionary(fc.constantFrom('signature', 'timestamp', 'nonce', 'msg_signature', 'x'), fc.string()),
        fc.constantFrom('GET', 'POST'),
        async (bytes, json, query, method) => {
          const url = `${hub().origin}/callbacks/${hub().channelId}?${new URLSearchParams(query).toString()}`;
          const body = bytes.length % 2 === 0 ? Buffer.from(bytes) : json;
          const response = await fetch(url, method === 'GET' ? {} : { method, body });
          expect([401, 429]).toContain(response.status);
        },
      ),
      { numRuns: 60 },
    );
    expect(await count()).toBe(before);
  });
});
