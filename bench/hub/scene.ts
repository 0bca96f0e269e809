import { DINGTALK_PREFIX } from '../../server/simulator/dingtalk/index.ts';
import { variables } from '../work.ts';
import { targetAt } from './load.ts';
import type { Call, Target } from './load.ts';

export const ADMIN_TOKEN = 'the-benchmark-is-the-administrator';
export const TASK_TYPE = 'SQL task';
export const DEFINITION = 'PROC-DEMO';
export const APP_ID = 'ding-demo';
export const KEYS = { token: 'tokenofthebench', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };

/** The settings of every hub here, beside its database; all others are the product's. */
export const SETTINGS = {
  PORT: '0',
  SECRET_KEY: 'a benchmark has no secrets that are worth keeping',
  ADMIN_TOKEN,
  SIMULATOR: 'off',
};

/** A hub that has all it needs to take tasks: a channel at a simulator, a published mapping, a binding, a platform's token. */
export interface Scene {
  readonly hub: Target;
  /** Origin of the hub. */
  readonly url: string;
  readonly channelId: string;
  /** Of the role submitter. */
  readonly token: string;
  /** Replaces the simulator's faults. */
  setFaults(faults: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Sets the scene over HTTP alone.
 * @param connections how many the platform keeps open to the hub
 */
export async function setScene(url: string, simulatorUrl: string, connections: number): Promise<Scene> {
  const hub = targetAt(url, connections);
  const simulator = targetAt(simulatorUrl, 1);
  const send = (method: Call['method'], path: string, body: unknown, wanted: number): Promise<unknown> =>
    hub.ask({ method, path: `/api/v1${path}`, body: JSON.stringify(body), token: ADMIN_TOKEN }, wanted);
  const control = (method: Call['method'], path: string, body: unknown, wanted: number): Promise<unknown> =>
    simulator.ask({ method, path: `${DINGTALK_PREFIX}/_control${path}`, body: JSON.stringify(body) }, wanted);

  const app = { appSecret: 'demo-secret', ...KEYS };
  const channel = { name: 'Company', type: 'dingtalk', appId: APP_ID, ...app };
  const apiBaseUrl = simulatorUrl + DINGTALK_PREFIX;
  const { id: channelId, callbackUrl } = (await send(
    'POST',
    '/channels',
    { ...channel, apiBaseUrl },
    201,
  )) as {
    id: string;
    callbackUrl: string;
  };
  await control('POST', '/apps', { appKey: APP_ID, ...app, callbackUrl }, 201);
  const definition = { channelId, name: 'Approval', approvalDefinitionId: DEFINITION };
  const { id: mappingId } = (await send('POST', '/mappings', definition, 201)) as { id: string };
  await send('POST', `/mappings/${mappingId}/publish`, {}, 201);
  await send('PUT', '/bindings', { taskType: TASK_TYPE, mappingId }, 200);
  const { token } = (await send('POST', '/tokens', { name: 'platform', role: 'submitter' }, 201)) as {
    token: string;
  };
  return {
    ...{ hub, url, channelId, token },
    async setFaults(faults) {
      await control('PUT', '/faults', faults, 200);
    },
    async close() {
      await Promise.all([hub.close(), simulator.close()]);
    },
  };
}

/** What the platform says of each task: everything that there is to say, with an SQL text of 5,000 characters. */
const said = JSON.stringify({
  ...variables,
  TASK_ID: undefined,
  TASK_TYPE: undefined,
  TASK_SUBTYPE: undefined,
  APPROVAL_CODE: undefined,
});

/** The call that submits a task. */
export const submission = (taskId: string, token: string): Call => ({
  method: 'POST',
  path: '/api/v1/tasks',
  body: `{"taskId":"${taskId}","taskType":"${TASK_TYPE}","variables":${said}}`,
  token,
});

let count = 0;
/** An id that no task has yet. */
export const freshTaskId = (): string => `T-${(count += 1)}`;
