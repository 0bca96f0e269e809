import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { Role } from '../../server/contract/role.ts';
import { channelRoutes } from '../../server/channels/routes.ts';
import { createChannelWriter } from '../../server/channels/save.ts';
import type { ChannelWriter } from '../../server/channels/save.ts';
import { createChannelStore } from '../../server/channels/store.ts';
import type { ChannelStore } from '../../server/channels/store.ts';
import { createVerify } from '../../server/channels/verify.ts';
import type { Database } from '../../server/db/database.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { createApi } from '../../server/http/api.ts';
import { frame } from '../../server/http/frame.ts';
import { loadProviders } from '../../server/providers/load.ts';
import type { Providers } from '../../server/providers/load.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { serveSimulators } from '../../server/simulator/serve.ts';

export const SEALER = createSealer('a secret key for the tests, long enough');
export const QUIET = pino({ level: 'silent' });
/** 43 letters and digits. */
export const AES_KEY = '1234567890123456789012345678901234567890123';

/** A provider's simulator and a sandbox, for a whole test file. */
export interface Surroundings {
  readonly sandbox: Sandbox;
  readonly providers: Providers;
  /** What a channel's apiBaseUrl must be. */
  readonly base: string;
  /** A call of the simulator's control API. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

export function useSurroundings(): () => Surroundings {
  let made: Surroundings | undefined;
  let close = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    const providers = await loadProviders();
    const clients = Object.fromEntries([...providers].map(([name, { provider }]) => [name, provider.client]));
    const simulator = await serveSimulators({ port: 0 });
    const sandbox = await Sandbox.start({ clients, children: 1, spares: 0 });
    const base = `${simulator.url}/simulator/dingtalk`;
    made = {
      ...{ sandbox, providers, base },
      async control(method, path, body) {
        const headers = { 'content-type': 'application/json' };
        const init = body === undefined ? {} : { headers, body: JSON.stringify(body) };
        const response = await fetch(`${base}/_control${path}`, { method, ...init });
        const text = await response.text();
        return text === '' ? undefined : (JSON.parse(text) as unknown);
      },
    };
    close = async () => {
      sandbox.close();
      await simulator.close();
    };
  });
  afterAll(() => close());
  return () => made as Surroundings;
}

/** An answer of the API: its status and body, with the members that the tests look into. */
export interface Heard {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly id: string;
    readonly code?: string;
    readonly detail?: string;
    readonly errors?: readonly { path: string; message: string }[];
    readonly items?: readonly Heard['body'][];
    readonly steps?: readonly { name: string; ok: boolean; detail: string }[];
  };
}

/** The channels' part of a hub, over HTTP. */
export interface ChannelsHub {
  readonly store: ChannelStore;
  readonly writer: ChannelWriter;
  readonly url: string;
  /** The channels that were resumed, in order. */
  readonly resumed: readonly string[];
  call(method: string, path: string, body?: unknown, role?: Role): Promise<Heard>;
  close(): Promise<void>;
}

export async function startChannels(
  database: Database,
  { providers, sandbox }: Surroundings,
): Promise<ChannelsHub> {
  const { knex } = database;
  let url = '';
  const resumed: string[] = [];
  const store = createChannelStore({ sealer: SEALER, providers });
  const writer = createChannelWriter({
    ...{ store, providers, sealer: SEALER, ownOrigins: () => [url] },
    onResume: (_trx, channelId) => Promise.resolve(void resumed.push(channelId)),
  });
  const publicUrl = (): string => url;
  // Nothing here holds connections; test/connections/ does.
  const connectionOf = (): null => null;
  const verify = createVerify({
    knex,
    sandbox,
    ownOrigins: () => [url],
    publicUrl,
    connectionOf,
    fetch,
    now: () => Date.now(),
  });
  const endpoints = channelRoutes({
    knex,
    store,
    providers,
    writer,
    verify,
    publicUrl,
    connectionOf,
    onSaved: () => Promise.resolve(),
  });

  const app = new Koa();
  app.use(frame({ log: QUIET, isUnavailable: () => false }));
  app.use(
    createApi({
      endpoints,
      onAnswer: checkAnswer,
      authenticate: ({ headers }) => {
        const role = headers['authorization'] as Role;
        return Promise.resolve({ kind: 'user', id: role, name: `the ${role}`, role });
      },
    }),
  );
  // What a callback without a signature gets.
  app.use((ctx) => {
    ctx.status = ctx.path.startsWith('/callbacks/') ? 400 : 404;
  });
  const handle = app.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...{ store, writer, url, resumed },
    async call(method, path, body, role = 'admin') {
      const headers = { authorization: role, 'content-type': 'application/json' };
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...init });
      const text = await response.text();
      return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Heard['body'] };
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Every answer is as its schema says, down to the last member. */
function checkAnswer({ answers }: Endpoint, status: number, body: unknown): void {
  answers[status]?.schema?.parse(body);
}

/** The least that makes a channel, at the simulator when `base` is given. */
export const newChannel = (name: string, base?: string): Record<string, unknown> => ({
  ...{
    name,
    type: 'dingtalk',
    appId: 'ding-demo',
    appSecret: 'demo-secret',
    token: 'hubtoken',
    aesKey: AES_KEY,
  },
  ...(base === undefined ? {} : { apiBaseUrl: base }),
});
