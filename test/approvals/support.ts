import { afterAll, afterEach, beforeAll } from 'vitest';
import { createApprovals } from '../../server/approvals/approvals.ts';
import type { ApprovalDeps, Approvals } from '../../server/approvals/approvals.ts';
import { putBinding } from '../../server/bindings/put.ts';
import { createChannelWriter } from '../../server/channels/save.ts';
import { createChannelStore } from '../../server/channels/store.ts';
import { createTokens } from '../../server/channels/token.ts';
import { resumeChannel } from '../../server/approvals/due.ts';
import type { ChannelChanges } from '../../server/contract/channel.ts';
import type { Stage } from '../../server/contract/stage.ts';
import type { SubmitTask, TaskShown } from '../../server/contract/task.ts';
import type { Database } from '../../server/db/database.ts';
import type { ApprovalRow } from '../../server/db/tables.ts';
import { createLog } from '../../server/log.ts';
import { createCaller, createTokenRunner } from '../../server/mappings/call.ts';
import type { StageCaller } from '../../server/mappings/call.ts';
import { createMapping } from '../../server/mappings/create.ts';
import { publishMapping } from '../../server/mappings/publish.ts';
import { createVersionCache } from '../../server/mappings/version-cache.ts';
import type { Observer } from '../../server/metrics.ts';
import { UNOBSERVED } from '../../server/metrics.ts';
import { loadProviders } from '../../server/providers/load.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { serveSimulators } from '../../server/simulator/serve.ts';
import type { FaultSet } from '../../server/simulator/dingtalk/faults.ts';
import type { TaskDeps } from '../../server/tasks/deps.ts';
import { readTask } from '../../server/tasks/read.ts';
import { createSubmit } from '../../server/tasks/submit.ts';
import type { Submit } from '../../server/tasks/submit.ts';
import { WAITS } from '../../server/waits.ts';
import type { Waits } from '../../server/waits.ts';
import { memoryQueue } from './memory-queue.ts';
import type { MemoryQueue } from './memory-queue.ts';

/** As production waits, but in milliseconds; long enough for a call to the simulator to end. */
export const SHORT: Waits = {
  retry: [10, 20, 40, 80, 160],
  search: [10, 60, 100, 150, 200, 250, 300, 300, 300, 300],
  settle: 150,
  absentApart: 250,
  intentValid: 5_000,
  revokeAfter: 30,
  poll: [60_000],
  pollWithCallbacks: [60_000],
  callbacksKnownFor: 60_000,
  unknownInstance: 60_000,
  tick: 10,
  connection: WAITS.connection,
};

/** One instance as the simulator's control API lists it. */
export interface Standing {
  readonly instanceId: string;
  readonly status: string;
  readonly result: string;
  readonly form: readonly { readonly name: string; readonly value: string }[];
}

/** Tasks and approvals on a real database, with the real engine and the real simulator. */
export interface Hub {
  readonly deps: ApprovalDeps & TaskDeps;
  readonly approvals: Approvals;
  readonly queue: MemoryQueue;
  readonly channelId: string;
  readonly mappingId: string;
  /** What was reported: `pending`, `alarm two-instances`. */
  readonly observed: string[];
  /** Another set of approval services, with some of its dependencies replaced. */
  approvalsWith(changes: Partial<ApprovalDeps>): Approvals;
  readonly submit: Submit;
  /** Submits a task whose form names it, unless `variables` say otherwise; its taskId. */
  task(variables?: SubmitTask['variables'], more?: Partial<SubmitTask>): Promise<string>;
  show(taskId: string): Promise<TaskShown>;
  /** The row of the task's present approval. */
  approval(taskId: string): Promise<ApprovalRow>;
  /** Works on jobs until none is left; `approvals`: by other services than the hub's. */
  work(approvals?: Approvals): Promise<void>;
  /** What stands at the provider, by the simulator's own list, newest first; of one task when its id is given. */
  standing(taskId?: string): Promise<Standing[]>;
  faults(faults: FaultSet): Promise<void>;
  decide(instanceId: string, verb: 'approve' | 'refuse' | 'withdraw', body?: object): Promise<void>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Publishes a version with these scripts in place of the present ones. */
  publish(scripts: Partial<Record<Stage, string>>): Promise<number>;
  changeChannel(changes: ChannelChanges): Promise<void>;
  /** Another channel of the same app; its id. */
  addChannel(name: string): Promise<string>;
}

const ME = { by: 'a test' };
const APP = { appId: 'ding-demo', appSecret: 'demo-secret' };
export const TASK_TYPE = 'SQL task';
const DEFINITION = 'PROC-DEMO';

/** Sets one up for the tests of the surrounding describe; each test begins with a simulator in its start state and no job. */
export function useHub(database: () => Database, waits: Partial<Waits> = {}): () => Hub {
  const ends: (() => unknown)[] = [];
  let made: Hub | undefined;
  beforeAll(async () => {
    made = await start(database(), { ...SHORT, ...waits }, ends);
  }, 60_000);
  afterEach(async () => {
    made?.queue.clear();
    await made?.control('DELETE', '');
    await made?.publish({});
    await made?.deps.knex('channel_tokens').delete();
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });
  return () => {
    if (made === undefined) throw new Error('It is there from beforeAll on.');
    return made;
  };
}

async function start({ knex }: Database, waits: Waits, ends: (() => unknown)[]): Promise<Hub> {
  const providers = await loadProviders();
  const sealer = createSealer('a test has no secrets worth keeping');
  const channels = createChannelStore({ sealer, providers });
  const clients = Object.fromEntries([...providers.values()].map(({ provider: p }) => [p.name, p.client]));
  const sandbox = await Sandbox.start({ clients, children: 1, spares: 1 });
  ends.push(() => sandbox.close());
  const simulator = await serveSimulators({ port: 0 });
  ends.push(() => simulator.close());
  const base = `${simulator.url}/simulator/dingtalk`;
  const log = createLog('silent');
  const observed: string[] = [];
  const observe: Observer = {
    ...UNOBSERVED,
    taskBecame: (status) => void observed.push(status),
    alarmed: (what) => void observed.push(`alarm ${what}`),
  };
  const runner = { knex, sandbox, ownOrigins: () => [], observe, log };
  const tokens = createTokens({ knex, sealer, runTokenStage: createTokenRunner(runner), log });
  const caller: StageCaller = createCaller({ ...runner, tokens });
  const queue = memoryQueue(knex);
  const approvalDeps = { knex, queue, channels, versions: createVersionCache(), caller, waits, observe, log };
  const approvals = createApprovals(approvalDeps);
  const deps = { ...approvalDeps, approvals, random: Math.random, monotonic: () => performance.now() };
  const writer = createChannelWriter({
    ...{ store: channels, sealer, providers, ownOrigins: () => [] },
    onResume: (trx, channelId) => resumeChannel(trx, queue, channelId),
  });
  const given = {
    name: 'A channel',
    type: 'dingtalk',
    ...APP,
    apiBaseUrl: base,
    defaultOriginator: 'user-li',
  };
  const { id: channelId } = await knex.transaction((trx) => writer.create(trx, given, ME));
  const mapping = { channelId, name: 'A mapping', approvalDefinitionId: DEFINITION };
  const mappingId = await createMapping({ knex, channels }, mapping, ME);
  await publishMapping({ knex, channels }, mappingId, '', ME);
  await putBinding(knex, { taskType: TASK_TYPE, taskSubtype: null, mappingId }, ME);
  const original = await knex('mapping_drafts').where({ mapping_id: mappingId });
  const submit = createSubmit(deps);
  let submitted = 0;

  const hub: Hub = {
    ...{ deps, approvals, queue, channelId, mappingId, observed, submit },
    approvalsWith: (changes) => createApprovals({ ...approvalDeps, ...changes }),
    async task(variables = {}, more = {}) {
      const taskId = `T-${(submitted += 1)}`;
      await submit({ taskId, taskType: TASK_TYPE, variables, ...more }, 'a platform');
      return more.taskId ?? taskId;
    },
    show: (taskId) => readTask(deps, taskId),
    async approval(taskId) {
      const task = await knex('tasks').where({ task_id: taskId }).first('id', 'generation');
      const row = await knex('approvals')
        .where({ task_id: task?.id ?? null, generation: task?.generation ?? 0 })
        .first();
      if (row === undefined) throw new Error(`The task ${taskId} has no approval.`);
      return row;
    },
    work: (own = approvals) => queue.work(own),
    async standing(taskId) {
      const { items } = (await hub.control('GET', '/instances')) as { items: Standing[] };
      return items.filter(
        ({ form }) =>
          taskId === undefined || form.some(({ name, value }) => name === 'Task ID' && value === taskId),
      );
    },
    async faults(faults) {
      await hub.control('PUT', '/faults', faults);
    },
    async decide(instanceId, verb, body = {}) {
      await hub.control('POST', `/instances/${instanceId}/${verb}`, body);
    },
    async control(method, path, body) {
      const response = await fetch(`${base}/_control${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.status === 204 ? undefined : await response.json();
    },
    async publish(scripts) {
      for (const { stage, source } of original)
        await knex('mapping_drafts')
          .where({ mapping_id: mappingId, stage })
          .update({ source: scripts[stage] ?? source });
      return publishMapping({ knex, channels }, mappingId, '', ME);
    },
    async changeChannel(changes) {
      await knex.transaction((trx) => writer.change(trx, channelId, changes, ME));
    },
    async addChannel(name) {
      const { id } = await knex.transaction((trx) => writer.create(trx, { ...given, name }, ME));
      return id;
    },
  };
  return hub;
}
