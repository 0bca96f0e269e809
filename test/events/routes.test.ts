import { beforeAll, describe, expect, it } from 'vitest';
import { mayDo } from '../../server/contract/role.ts';
import type { Role } from '../../server/contract/role.ts';
import { createProcessor } from '../../server/events/process.ts';
import { eventRoutes } from '../../server/events/routes.ts';
import { createLog } from '../../server/log.ts';
import { UNOBSERVED } from '../../server/metrics.ts';
import { WAITS } from '../../server/waits.ts';
import { listen, serve } from '../http/serve.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { change, DEFINITION, freshInstance, useInbox } from './support.ts';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly items: readonly Record<string, unknown>[] };
}

describe.each(DATABASES)('/events on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useInbox(database);
  let url = '';

  beforeAll(async () => {
    const { knex } = database();
    const { queue } = hub();
    const at = await listen();
    serve(at.server, {
      endpoints: eventRoutes({ knex, queue }),
      // The role is the token, which is all that these tests need of signing in.
      authenticate({ headers }) {
        const role = headers['authorization'] as Role;
        return Promise.resolve({ kind: 'token', id: role, name: `the ${role}`, role });
      },
    });
    url = at.url;
  });

  async function call(method: string, path: string, role: Role = 'viewer'): Promise<Answer> {
    const response = await fetch(`${url}/api/v1${path}`, { method, headers: { authorization: role } });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  /** Stores an event, works on it and gives its id. */
  async function take(event: Record<string, unknown>): Promise<string> {
    const { queue, channels, versions, caller } = hub();
    const { knex } = database();
    await hub().push(event);
    const stored = (await hub().eventsOf(String(event['processInstanceId']))).at(-1);
    const deps = {
      knex,
      queue,
      channels,
      versions,
      caller,
      waits: WAITS,
      observe: UNOBSERVED,
      log: createLog('silent'),
    };
    const job = { signal: new AbortController().signal, last: false };
    await createProcessor(deps)({ eventId: stored?.id ?? '' }, job);
    return stored?.id ?? '';
  }

  it('show an event as it was pushed, decrypted, with its runs', async () => {
    const instance = freshInstance();
    const { taskId } = await hub().linkedTask(instance);
    const id = await take(change(instance, 'finish', { result: 'refuse' }));
    const [execution] = await database().knex('executions').where({ event_id: id });
    const { status, body } = await call('GET', `/events/${id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      channelId: hub().channelId,
      type: 'bpms_instance_change',
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      outcome: 'applied',
      definitionId: DEFINITION,
      approvalInstanceId: instance,
      taskId,
      raw: {
        query: expect.objectContaining({ nonce: 'nonce123' }) as object,
        body: expect.stringContaining('"encrypt"') as string,
      },
      payload: expect.objectContaining({ processInstanceId: instance, result: 'refuse' }) as object,
      executionIds: [execution?.id],
    });
  });

  it('list them newest first, by channel, type and outcome, in pages', async () => {
    const type = `kind_${freshInstance()}`;
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1)
      ids.unshift(await take(change(freshInstance(), 'start', { EventType: type })));
    const first = await call('GET', `/events?type=${type}&limit=2`);
    expect(first.body.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.body.items[0]).not.toHaveProperty('payload');
    const cursor = String(first.body['nextCursor']);
    const second = await call('GET', `/events?type=${type}&limit=2&cursor=${cursor}`);
    expect(second.body).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });

    const ofChannel = await call('GET', `/events?type=${type}&channelId=${hub().channelId}&outcome=waiting`);
    expect(ofChannel.body.items).toHaveLength(3);
    const applied = await call('GET', `/events?type=${type}&outcome=applied`);
    expect(applied.body.items).toEqual([]);
  });

  it('list those of one task, by its id as the platform has it', async () => {
    const instance = freshInstance();
    const { taskId } = await hub().linkedTask(instance);
    const started = await take(change(instance, 'start'));
    const finished = await take(change(instance, 'finish'));
    await take(change(freshInstance(), 'start'));
    const { body } = await call('GET', `/events?taskId=${encodeURIComponent(taskId)}`);
    expect(body.items.map(({ id }) => id)).toEqual([finished, started]);
    expect(await call('GET', '/events?taskId=unknown')).toMatchObject({ status: 200, body: { items: [] } });
  });

  it.each(['outcome=lost', 'channelId=x', 'type=', 'limit=0', 'cursor=x', 'unknown=1'])(
    'refuse the query %s and name what is wrong',
    async (query) => {
      const { status, body } = await call('GET', `/events?${query}`);
      expect(status).toBe(400);
      expect(body['errors']).toMatchObject([{ path: query.split('=')[0] }]);
    },
  );

  it('have a failed event worked on again, audited', async () => {
    const { knex } = database();
    await hub().publish('throw new Error("broken");');
    const instance = freshInstance();
    await hub().linkedTask(instance);
    const id = await take(change(instance, 'finish'));
    expect((await call('GET', `/events/${id}`)).body).toMatchObject({
      outcome: 'failed',
      reason: 'SCRIPT_ERROR: broken',
    });
    expect(await call('POST', `/events/${id}/replay`, 'editor')).toEqual({
      status: 202,
      body: { id, outcome: 'waiting' },
    });
    expect(hub().jobs.at(-1)).toEqual({ name: 'process-event', data: { eventId: id } });
    expect(await knex('audit').where({ object_id: id })).toMatchObject([
      { by: 'the editor', action: 'replay', before: { outcome: 'failed' } },
    ]);
  });

  it('replay nothing of what is not ours or speaks of no approval', async () => {
    const foreign = await take(change(freshInstance(), 'start', { processCode: 'PROC-HOLIDAY' }));
    const answer = await call('POST', `/events/${foreign}/replay`, 'editor');
    expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect(String(answer.body['detail'])).toContain('not ours');

    const { knex } = database();
    await hub().push({ EventType: 'user_add_org', eventId: freshInstance(), userId: ['u'] });
    const [contact] = await knex('events').where({ type: 'user_add_org' });
    expect(await call('POST', `/events/${contact?.id ?? ''}/replay`, 'editor')).toMatchObject({
      status: 409,
    });
  });

  it('answer 404 for what is no event', async () => {
    for (const id of ['00000000-0000-7000-8000-000000000000', 'x']) {
      expect(await call('GET', `/events/${id}`)).toMatchObject({ status: 404 });
      expect(await call('POST', `/events/${id}/replay`, 'editor')).toMatchObject({ status: 404 });
    }
  });

  it('let viewers read and editors replay', async () => {
    const id = '00000000-0000-7000-8000-000000000000';
    for (const role of ['viewer', 'submitter', 'editor', 'admin'] as const) {
      expect((await call('GET', '/events', role)).status).toBe(200);
      expect((await call('POST', `/events/${id}/replay`, role)).status).toBe(
        mayDo(role, 'editor') ? 404 : 403,
      );
    }
  });
});
