import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterAll, beforeAll, expect } from 'vitest';
import type { ApprovalDeps } from '../../server/approvals/deps.ts';
import { linkInstance } from '../../server/approvals/link.ts';
import { createChannelWriter } from '../../server/channels/save.ts';
import { createChannelStore } from '../../server/channels/store.ts';
import type { ChannelStore } from '../../server/channels/store.ts';
import { createTokens } from '../../server/channels/token.ts';
import type { TaskStatus } from '../../server/contract/task.ts';
import { completeVariables } from '../../server/contract/variables.ts';
import type { Database, Trx } from '../../server/db/database.ts';
import type { EventRow } from '../../server/db/tables.ts';
import { callbackRoutes } from '../../server/events/callback-routes.ts';
import type { CallbackDeps } from '../../server/events/callback-routes.ts';
import { createInbox } from '../../server/events/receive.ts';
import type { Inbox } from '../../server/events/receive.ts';
import { newId } from '../../server/ids.ts';
import type { JobData, JobName, JobQueue } from '../../server/jobs/queue.ts';
import { createLog } from '../../server/log.ts';
import { createCaller, createTokenRunner } from '../../server/mappings/call.ts';
import type { StageCaller } from '../../server/mappings/call.ts';
import { createMapping } from '../../server/mappings/create.ts';
import { publishMapping } from '../../server/mappings/publish.ts';
import { createVersionCache } from '../../server/mappings/version-cache.ts';
import type { VersionCache } from '../../server/mappings/version-cache.ts';
import { UNOBSERVED } from '../../server/metrics.ts';
import { loadProviders } from '../../server/providers/load.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { encryptMessage, signature } from '../../server/simulator/dingtalk/crypto.ts';
import { createDingtalkSimulator, DINGTALK_PREFIX } from '../../server/simulator/dingtalk/index.ts';
import { WAITS } from '../../server/waits.ts';

const APP = { appId: 'ding-demo', appSecret: 'demo-secret' };
export const DEFINITION = 'PROC-DEMO';
const KEYS = { token: 'hubtoken', aesKey: '1234567890123456789012345678901234567890123' };
const ME = { by: 'a test' };
const quiet = createLog('silent');

/** One job as it was put into the queue. */
export interface QueuedJob {
  readonly name: JobName;
  readonly data: JobData[JobName];
}

/** How a push differs from what DingTalk would send. */
export interface PushOptions {
  readonly channelId?: string;
  readonly receiveId?: string;
  readonly token?: string;
  readonly body?: string;
  readonly origin?: string;
}

/** A server with a simulator, the callback routes and everything that they need, on a real database. */
export interface Inboxes {
  readonly origin: string;
  readonly channelId: string;
  readonly mappingId: string;
  readonly channels: ChannelStore;
  readonly versions: VersionCache;
  readonly caller: StageCaller;
  readonly inbox: Inbox;
  readonly queue: JobQueue;
  /** Jobs whose transaction was committed, oldest first. */
  readonly jobs: QueuedJob[];
  /** Serves callback routes of other means on a port of their own. */
  serve(changes: Partial<CallbackDeps>): Promise<string>;
  /** Pushes an event as DingTalk does. */
  push(event: unknown, options?: PushOptions): Promise<Response>;
  control(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Has the simulator push to this server; answers its check of the URL. */
  subscribe(): Promise<{ ok: boolean; detail: string }>;
  /** Opens an instance at the simulator; its id. */
  open(): Promise<string>;
  /** Puts a callback script into the draft and publishes it. */
  publish(callback: string): Promise<number>;
  /** A submitted task whose approval is about to be opened by the published version. */
  task(): Promise<{ taskId: string; approvalId: string }>;
  /** What happens when the create call was answered; in a transaction of its own unless one is given. */
  link(approvalId: string, instanceId: string, trx?: Trx): Promise<void>;
  /** A task whose approval is this instance. */
  linkedTask(instanceId: string): Promise<{ taskId: string; approvalId: string }>;
  statusOf(taskId: string): Promise<TaskStatus>;
  /** The events of one instance, oldest first. */
  eventsOf(instanceId: string): Promise<EventRow[]>;
}

/** An event of an instance as DingTalk words it. Each call makes a new one. */
export function change(
  instanceId: string,
  type: 'start' | 'finish' | 'terminate',
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    EventType: 'bpms_instance_change',
    eventId: newId(),
    processInstanceId: instanceId,
    processCode: DEFINITION,
    type,
    ...(type === 'finish' ? { result: 'agree', finishTime: 1760000600000 } : {}),
    ...more,
  };
}

/** An instance's id that nobody has used. */
export const freshInstance = (): string => `I-${newId()}`;

/** Sets one up for the tests of the surrounding describe. */
export function useInbox(database: () => Database): () => Inboxes {
  let made: Inboxes | undefined;
  const ends: (() => unknown)[] = [];
  beforeAll(async () => {
    made = await start(database(), ends);
  }, 60_000);
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });
  return () => {
    if (made === undefined) throw new Error('It is there from beforeAll on.');
    return made;
  };
}

async function start({ knex }: Database, ends: (() => unknown)[]): Promise<Inboxes> {
  const providers = await loadProviders();
  const sealer = createSealer('a test has no secrets worth keeping');
  const channels = createChannelStore({ sealer, providers });
  const versions = createVersionCache();
  const clients = Object.fromEntries([...providers.values()].map(({ provider: p }) => [p.name, p.client]));
  const sandbox = await Sandbox.start({ clients, children: 1, spares: 1 });
  ends.push(() => sandbox.close());
  const runner = { knex, sandbox, ownOrigins: () => [origin], observe: UNOBSERVED, log: quiet };
  const tokens = createTokens({ knex, sealer, runTokenStage: createTokenRunner(runner), log: quiet });
  const caller = createCaller({ ...runner, tokens });
  const jobs: QueuedJob[] = [];
  const queue = memoryQueue(jobs);
  const inbox = createInbox({ knex, queue });
  const simulator = createDingtalkSimulator();
  ends.push(() => simulator.close());
  const deps: CallbackDeps = {
    findChannel: (id) => channels.find(knex, id),
    inbox,
    observe: UNOBSERVED,
    log: quiet,
    // As much as a machine may need that other tests keep busy.
    patienceMs: 20_000,
  };
  const serve = async (changes: Partial<CallbackDeps>): Promise<string> => {
    const app = new Koa();
    app.silent = true;
    app.use(simulator.middleware).use(callbackRoutes({ ...deps, ...changes }));
    const handle = app.callback();
    const server = createServer((request, response) => void handle(request, response));
    ends.push(() => close(server));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const origin = await serve({});

  const writer = createChannelWriter({
    ...{ store: channels, sealer, providers, ownOrigins: () => [origin] },
    onResume: () => Promise.resolve(),
  });
  const { id: channelId } = await knex.transaction((trx) =>
    writer.create(
      trx,
      { name: 'A channel', type: 'dingtalk', ...APP, ...KEYS, apiBaseUrl: origin + DINGTALK_PREFIX },
      ME,
    ),
  );
  const mappingId = await createMapping(
    { knex, channels },
    { channelId, name: 'A mapping', approvalDefinitionId: DEFINITION },
    ME,
  );
  await publishMapping({ knex, channels }, mappingId, '', ME);

  const linkDeps: ApprovalDeps = {
    ...{ knex, queue, channels, versions, caller, waits: WAITS, observe: UNOBSERVED, log: quiet },
    ...{ random: () => 0.5, monotonic: () => 0 },
  };

  const inboxes: Inboxes = {
    ...{ origin, channelId, mappingId, channels, versions, caller, inbox, queue, jobs, serve },
    push(event, { token = KEYS.token, receiveId = APP.appId, body, ...to } = {}) {
      const encrypt = encryptMessage(KEYS.aesKey, JSON.stringify(event), receiveId);
      const query = new URLSearchParams({
        signature: signature(token, '1760000600123', 'nonce123', encrypt),
        timestamp: '1760000600123',
        nonce: 'nonce123',
      });
      return fetch(`${to.origin ?? origin}/callbacks/${to.channelId ?? channelId}?${query.toString()}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body ?? JSON.stringify({ encrypt }),
      });
    },
    async control(method, path, body) {
      const response = await fetch(`${origin}${DINGTALK_PREFIX}/_control${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      expect(response.ok).toBe(true);
      return (await response.json()) as Record<string, unknown>;
    },
    async subscribe() {
      const { appId: appKey, appSecret } = APP;
      const callbackUrl = `${origin}/callbacks/${channelId}`;
      const app = await inboxes.control('POST', '/apps', { appKey, appSecret, ...KEYS, callbackUrl });
      return app['callbackCheck'] as { ok: boolean; detail: string };
    },
    async open() {
      const call = async (path: string, body: unknown, token = ''): Promise<Record<string, string>> => {
        const headers = { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token };
        const url = `${origin}${DINGTALK_PREFIX}/v1.0/${path}`;
        const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
        return (await response.json()) as Record<string, string>;
      };
      const { accessToken } = await call('oauth2/accessToken', {
        appKey: APP.appId,
        appSecret: APP.appSecret,
      });
      const form = {
        originatorUserId: 'user-li',
        processCode: DEFINITION,
        deptId: -1,
        formComponentValues: [{ name: 'Task ID', value: 'T-1' }],
      };
      const { instanceId } = await call('workflow/processInstances', form, accessToken);
      return instanceId ?? '';
    },
    async publish(source) {
      await knex('mapping_drafts').where({ mapping_id: mappingId, stage: 'callback' }).update({ source });
      return publishMapping({ knex, channels }, mappingId, '', ME);
    },
    async task() {
      const [id, approvalId] = [newId(), newId()];
      const mapping = await knex('mappings').where({ id: mappingId }).first('published_version');
      const variables = completeVariables({ TASK_ID: id });
      const common = { id, task_id: id, task_type: 'SQL task', submitted_by: 'a test' };
      await knex('tasks').insert({ ...common, variables: JSON.stringify(variables) as never });
      await knex('approvals').insert({
        id: approvalId,
        task_id: id,
        channel_id: channelId,
        mapping_id: mappingId,
        version: mapping?.published_version ?? null,
        opening: 'sending',
        intent_at: knex.fn.now() as never,
      });
      return { taskId: id, approvalId };
    },
    async link(approvalId, instanceId, given) {
      const found = { instanceId, by: 'answer', lastCallbackAt: null } as const;
      const link = (trx: Trx): Promise<boolean> => linkInstance(trx, linkDeps, approvalId, found);
      await (given === undefined ? knex.transaction(link) : link(given));
    },
    async linkedTask(instanceId) {
      const task = await inboxes.task();
      await inboxes.link(task.approvalId, instanceId);
      return task;
    },
    async statusOf(taskId) {
      const row = await knex('tasks').where({ id: taskId }).first('status');
      return row?.status ?? 'failed';
    },
    eventsOf: (instanceId) => knex('events').where({ approval_instance_id: instanceId }).orderBy('id'),
  };
  return inboxes;
}

/** Keeps what is enqueued once its transaction is committed. */
function memoryQueue(jobs: QueuedJob[]): JobQueue {
  const queue: JobQueue = {
    enqueue: (trx, name, data) => queue.enqueueAll(trx, name, [data]),
    enqueueAll(trx, name, data) {
      const put = (): void => void jobs.push(...data.map((each) => ({ name, data: each })));
      void trx.executionPromise.then(put, () => undefined);
      return Promise.resolve();
    },
  };
  return queue;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
