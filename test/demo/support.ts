import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterAll, beforeAll } from 'vitest';
import { createChannelWriter } from '../../server/channels/save.ts';
import { createChannelStore } from '../../server/channels/store.ts';
import type { Database } from '../../server/db/database.ts';
import type { DemoStart } from '../../server/demo/demo.ts';
import { callbackRoutes } from '../../server/events/callback-routes.ts';
import { createInbox } from '../../server/events/receive.ts';
import { createLog } from '../../server/log.ts';
import { UNOBSERVED } from '../../server/metrics.ts';
import { loadProviders } from '../../server/providers/load.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { createDingtalkSimulator, DINGTALK_PREFIX } from '../../server/simulator/dingtalk/index.ts';

const quiet = createLog('silent');

/** A server that is just up: simulator and callbacks answer, and the database is empty. */
export interface DemoServer {
  readonly baseUrl: string;
  /** What the demo is made with. */
  start(): DemoStart;
  /** Has the simulator forget everything, as a restart does. */
  forget(): Promise<void>;
  /** What the simulator answers when an app asks for a token. */
  tokenFor(appKey: string, appSecret: string): Promise<number>;
  /** Opens an instance as the demo's app and decides it. */
  openAndApprove(): Promise<void>;
}

export function useDemoServer(database: () => Database): () => DemoServer {
  let made: DemoServer | undefined;
  const ends: (() => unknown)[] = [];
  beforeAll(async () => {
    made = await serve(database(), ends);
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (made === undefined) throw new Error('It is there from beforeAll on.');
    return made;
  };
}

async function serve({ knex }: Database, ends: (() => unknown)[]): Promise<DemoServer> {
  const providers = await loadProviders();
  const sealer = createSealer('a test has no secrets worth keeping');
  const channels = createChannelStore({ sealer, providers });
  const onResume = (): Promise<void> => Promise.resolve();
  const ownOrigins = (): string[] => [baseUrl];
  const writer = createChannelWriter({ store: channels, sealer, providers, ownOrigins, onResume });
  await knex('installation').insert({ key_check: 'a test' }).onConflict('id').ignore();

  const simulator = createDingtalkSimulator();
  const queue = { enqueue: onResume, enqueueAll: onResume };
  const findChannel = (id: string): ReturnType<typeof channels.find> => channels.find(knex, id);
  const inbox = createInbox({ knex, queue });
  const app = new Koa();
  app.use(simulator.middleware).use(callbackRoutes({ findChannel, inbox, observe: UNOBSERVED, log: quiet }));
  const handle = app.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ends.push(
    () => simulator.close(),
    async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  );

  const call = async (path: string, body: unknown, token = '', method = 'POST'): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token };
    const url = `${baseUrl}${DINGTALK_PREFIX}${path}`;
    const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    baseUrl,
    start: () => ({ knex, channels, writer, providers, baseUrl, log: quiet }),
    async forget() {
      await call('/_control', undefined, '', 'DELETE');
    },
    async tokenFor(appKey, appSecret) {
      const url = `${baseUrl}${DINGTALK_PREFIX}/v1.0/oauth2/accessToken`;
      const headers = { 'content-type': 'application/json' };
      return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ appKey, appSecret }) }))
        .status;
    },
    async openAndApprove() {
      const app = { appKey: 'ding-demo', appSecret: 'demo-secret' };
      const { accessToken } = (await call('/v1.0/oauth2/accessToken', app)) as { accessToken: string };
      const form = {
        ...{ originatorUserId: 'user-li', processCode: 'PROC-DEMO', deptId: -1 },
        formComponentValues: [{ name: 'Task ID', value: 'T-1' }],
      };
      const opened = await call('/v1.0/workflow/processInstances', form, accessToken);
      const { instanceId } = opened as { instanceId: string };
      await call(`/_control/instances/${instanceId}/approve`, {});
    },
  };
}
