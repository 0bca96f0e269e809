import { afterAll, beforeAll, expect } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { ApiDocument } from '../../server/contract/openapi.ts';
import type { Database } from '../../server/db/database.ts';
import { startHub } from '../../server/hub.ts';
import type { Hub } from '../../server/hub.ts';
import { createLog } from '../../server/log.ts';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { WAITS } from '../../server/waits.ts';
import type { Waits } from '../../server/waits.ts';
import { answerChecker } from './openapi.ts';

export const ADMIN_TOKEN = 'a-test-is-the-administrator';

/** As the product waits, but in milliseconds; long enough for a call to the simulator to end. */
export const SHORT_WAITS: Waits = {
  ...WAITS,
  retry: [50, 100, 200, 400, 800],
  search: [50, 150, 300, 400, 600, 600, 600, 600],
  settle: 300,
  absentApart: 600,
  revokeAfter: 50,
  tick: 200,
};

/** An answer of the API: its status and body, parsed when it is JSON. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** Speaks to a hub over HTTP as `ADMIN_TOKEN`, or with other headers. */
export type Client = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answered>;

/** @param url of the hub or, with a path, of anything else that speaks JSON */
export const clientOf = (url: string, authorization: string | null = `Bearer ${ADMIN_TOKEN}`): Client =>
  async function call(method, path, body, headers = {}) {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(authorization === null ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return {
      status: response.status,
      body: isJson ? (JSON.parse(text) as unknown) : text,
      headers: response.headers,
    };
  };

/** A whole hub beside a simulator of its own, both reached over HTTP alone. */
export interface RunningHub {
  readonly hub: Hub;
  readonly url: string;
  /** Below /api/v1, as administrator. */
  readonly api: Client;
  /** The simulator's base, to be a channel's apiBaseUrl. */
  readonly simulator: string;
  /** Below the simulator's control API. */
  readonly control: Client;
}

const KEYS = { token: 'tokenofthetests', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };

/**
 * Starts a whole hub on a database for the tests of the surrounding `describe`. Every answer of its API is held against its
 * own OpenAPI document.
 */
export function useRunningHub(
  database: () => Database,
  { waits = {}, env = {} }: { waits?: Partial<Waits>; env?: Record<string, string> } = {},
): () => RunningHub {
  let running: RunningHub | undefined;
  const ends: (() => Promise<void>)[] = [];
  /** Answers that the document does not describe. */
  const drift: string[] = [];
  let check: ReturnType<typeof answerChecker> = () => undefined;
  beforeAll(async () => {
    const simulator = await serveSimulators({ port: 0 });
    ends.push(() => simulator.close());
    const opened = database();
    const hub = await startHub({
      config: readConfig({
        PORT: '0',
        SECRET_KEY: 'a test has no secrets that are worth keeping',
        DATABASE_URL: 'postgres://is.handed.in.below',
        ADMIN_TOKEN,
        LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
        ...env,
      }),
      log: createLog(process.env['TEST_LOG_LEVEL'] ?? 'silent'),
      waits: { ...SHORT_WAITS, ...waits },
      sandbox: { children: 1, spares: 1 },
      // The test's own database outlives the hub.
      open: () => Promise.resolve({ ...opened, close: () => Promise.resolve() }),
      onAnswer(endpoint, status, body) {
        try {
          check(endpoint, status, body);
        } catch (error) {
          drift.push((error as Error).message);
        }
      },
    });
    ends.push(() => hub.close(5_000));
    const document = await clientOf(`${hub.url}/api/v1`)('GET', '/openapi.json');
    check = answerChecker(document.body as ApiDocument);
    running = {
      hub,
      url: hub.url,
      api: clientOf(`${hub.url}/api/v1`),
      simulator: `${simulator.url}/simulator/dingtalk`,
      control: clientOf(`${simulator.url}/simulator/dingtalk/_control`),
    };
  }, 60_000);
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    expect(drift).toEqual([]);
  });
  return () => {
    if (running === undefined) throw new Error('The hub runs from beforeAll on.');
    return running;
  };
}

/** A channel at the simulator, a published mapping with the default scripts, and a binding of the type `SQL task`. */
export async function setUp(
  { api, url, simulator, control }: Omit<RunningHub, 'hub'>,
  more: Record<string, unknown> = {},
): Promise<{ channelId: string; mappingId: string }> {
  const channel = await api('POST', '/channels', {
    name: 'Company',
    type: 'dingtalk',
    appId: 'ding-demo',
    appSecret: 'demo-secret',
    ...KEYS,
    apiBaseUrl: simulator,
    defaultOriginator: 'user-li',
    ...more,
  });
  const { id: channelId, callbackUrl } = channel.body as { id: string; callbackUrl: string };
  const app = { appKey: 'ding-demo', appSecret: 'demo-secret', ...KEYS, callbackUrl };
  await control('POST', '/apps', app);
  const mapping = await api('POST', '/mappings', {
    channelId,
    name: 'Approval',
    approvalDefinitionId: 'PROC-DEMO',
  });
  const { id: mappingId } = mapping.body as { id: string };
  await api('POST', `/mappings/${mappingId}/publish`, {});
  await api('PUT', '/bindings', { taskType: 'SQL task', mappingId });
  if (!callbackUrl.startsWith(url)) throw new Error(`the callback URL ${callbackUrl} is not below ${url}`);
  return { channelId, mappingId };
}
