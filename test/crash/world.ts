import { expect, vi } from 'vitest';
import { ADMIN_TOKEN } from '../support/hub.ts';
import type { Answered, Client } from '../support/hub.ts';
import { brokenPromises, eventReader, taskReader } from './checker.ts';
import { openProvider } from './provider.ts';
import type { Provider } from './provider.ts';
import { openCallbackProxy } from './callback-proxy.ts';
import type { CallbackProxy } from './callback-proxy.ts';
import { programsWith } from './program.ts';
import type { Programs } from './program.ts';

const SECRET_KEY = 'what the crash tests seal their secrets with';
const KEYS = { token: 'tokenofthecrashtests', aesKey: 'crashcrashcrash0123456789crashcrashcrash012' };
const APP_SECRET = 'demo-secret';
const SECRETS = [SECRET_KEY, ADMIN_TOKEN, APP_SECRET, KEYS.token, KEYS.aesKey];

/** Answers take their time, and a new approval is not listed at once: well within `settle` and `absentApart` (waits.ts). */
const FAULTS = { latencyMs: 60, listingLagMs: 500, revokeLockMs: 200 };

/** How long a machine with other things to do may take for something that takes a second or two. */
const PATIENCE_MS = 45_000;

/** Everything around the hubs that outlives them: the provider, the callback proxy, the platform that submits. */
export interface World {
  readonly provider: Provider;
  readonly proxy: CallbackProxy;
  readonly programs: Programs;
  /** A channel, a published mapping and a binding, made through a hub. */
  setUp(api: Client): Promise<void>;
  /** Hands a task in once, as the platform does. @returns whether it was acknowledged */
  submit(api: Client, taskId: string): Promise<boolean>;
  /** Waits until a task is as wanted. */
  becomes(api: Client, taskId: string, status: string): Promise<void>;
  /** The task's approval at the provider, once the hub knows it. */
  instanceOf(api: Client, taskId: string): Promise<string>;
  /** Waits until so many tasks have their approval. */
  settled(api: Client, many: number): Promise<void>;
  /** Waits until every task is as the provider says and every event is decided, then reads all and checks it. */
  check(api: Client): Promise<string[]>;
  close(): Promise<void>;
}

/** @param env where the hubs' data is: DATA_DIR or DATABASE_URL */
export async function openWorld(env: Readonly<Record<string, string>>): Promise<World> {
  const provider = await openProvider();
  const proxy = await openCallbackProxy(KEYS.aesKey);
  const programs = programsWith({
    ...{ SECRET_KEY, ADMIN_TOKEN, SIMULATOR: 'off', LOG_LEVEL: 'debug', PUBLIC_URL: proxy.url },
    ...env,
  });
  const acknowledged = new Set<string>();

  const tasks = taskReader();
  const events = eventReader();

  async function look(api: Client): Promise<string[]> {
    const read = { tasks: await tasks.read(api), events: await events.read(api) };
    return brokenPromises({
      ...read,
      acknowledged: [...acknowledged],
      standing: await provider.standing(),
      pushed: proxy.pushed,
      shown: programs.written() + JSON.stringify(read),
      secrets: SECRETS,
    });
  }

  async function standsAs(api: Client, taskId: string): Promise<{ status: string; instance?: string }> {
    const { body } = await api('GET', `/tasks/${taskId}`);
    const task = body as { status: string; approval: { approvalInstanceId: string } | null };
    const instance = task.approval?.approvalInstanceId;
    return { status: task.status, ...(instance === undefined ? {} : { instance }) };
  }

  return {
    provider,
    proxy,
    programs,
    async setUp(api) {
      const app = { name: 'Company', type: 'dingtalk', appId: 'ding-demo', appSecret: APP_SECRET, ...KEYS };
      const channel = await made(
        api('POST', '/channels', { ...app, apiBaseUrl: provider.apiBaseUrl, defaultOriginator: 'user-li' }),
      );
      const { callbackUrl } = channel;
      await provider.control('POST', '/apps', {
        ...{ appKey: 'ding-demo', appSecret: APP_SECRET, ...KEYS, callbackUrl },
      });
      await provider.control('PUT', '/faults', FAULTS);
      const definition = { name: 'Approval', approvalDefinitionId: 'PROC-DEMO' };
      const mapping = await made(api('POST', '/mappings', { ...definition, channelId: channel.id }));
      await made(api('POST', `/mappings/${mapping.id}/publish`, {}));
      await api('PUT', '/bindings', { taskType: 'SQL task', mappingId: mapping.id });
    },
    async submit(api, taskId) {
      const variables = { TASK_NAME: `Task ${taskId}`, SUBMITER_PHONE: '13800000000' };
      const body = { taskId, taskType: 'SQL task', variables };
      // Without an answer nobody knows: the platform hands it in again later.
      const answer = await api('POST', '/tasks', body).catch(() => undefined);
      if (answer?.status !== 202 && answer?.status !== 200) return false;
      acknowledged.add(taskId);
      return true;
    },
    async becomes(api, taskId, status) {
      await vi.waitFor(async () => expect(await standsAs(api, taskId)).toMatchObject({ status }), {
        timeout: PATIENCE_MS,
        interval: 50,
      });
    },
    instanceOf: (api, taskId) =>
      vi.waitFor(
        async () => {
          const { instance } = await standsAs(api, taskId);
          if (instance === undefined) throw new Error(`${taskId} has no approval yet.`);
          return instance;
        },
        { timeout: PATIENCE_MS, interval: 50 },
      ),
    async settled(api, many) {
      await vi.waitFor(
        async () => {
          const { body } = await api('GET', '/tasks?status=submitted');
          expect((body as { items: unknown[] }).items).toEqual([]);
          expect(await provider.standing()).toHaveLength(many);
        },
        { timeout: 2 * PATIENCE_MS, interval: 200 },
      );
    },
    async check(api) {
      const deadline = performance.now() + PATIENCE_MS;
      for (;;) {
        const broken = await look(api);
        if (broken.length === 0) {
          tasks.keep();
          events.keep();
        }
        if (broken.length === 0 || performance.now() > deadline) return broken;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    async close() {
      await programs.endAll();
      await proxy.close();
      await provider.close();
    },
  };
}

/** What a POST made. @throws Error when it did not */
async function made(answering: Promise<Answered>): Promise<{ id: string; callbackUrl: string }> {
  const { status, body } = await answering;
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body as { id: string; callbackUrl: string };
}
