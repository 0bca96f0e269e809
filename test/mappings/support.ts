import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterAll, beforeAll, expect } from 'vitest';
import { bindingRoutes } from '../../server/bindings/routes.ts';
import { catalogueRoutes } from '../../server/catalogue/routes.ts';
import { createChannelWriter } from '../../server/channels/save.ts';
import { createChannelStore } from '../../server/channels/store.ts';
import type { ChannelStore } from '../../server/channels/store.ts';
import { createTokens } from '../../server/channels/token.ts';
import type { Diagnostic, FormField } from '../../server/contract/mapping.ts';
import type { Stage } from '../../server/contract/stage.ts';
import { newChannel as newChannelSchema } from '../../server/contract/channel.ts';
import { describeApi } from '../../server/contract/openapi.ts';
import type { Role } from '../../server/contract/role.ts';
import type { Database } from '../../server/db/database.ts';
import { executionRoutes } from '../../server/executions/routes.ts';
import { createApi } from '../../server/http/api.ts';
import { frame } from '../../server/http/frame.ts';
import { createCaller, createTokenRunner } from '../../server/mappings/call.ts';
import type { StageCaller } from '../../server/mappings/call.ts';
import { mappingRoutes } from '../../server/mappings/routes.ts';
import { UNOBSERVED } from '../../server/metrics.ts';
import type { Observer } from '../../server/metrics.ts';
import { newChannel, QUIET, SEALER } from '../channels/support.ts';
import type { Surroundings } from '../channels/support.ts';
import { answerChecker } from '../support/openapi.ts';

/** Every member of an answer that a test looks into; which of them are there is what the tests assert. */
export interface Body {
  readonly id: string;
  readonly name: string;
  readonly executionId: string;
  readonly etag: string;
  readonly version: number;
  readonly publishedVersion: number | null;
  readonly openTasks: number;
  readonly detail: string;
  readonly errors: readonly { path: string; message: string }[];
  readonly items: readonly Body[];
  readonly nextCursor: string;
  readonly draft: Readonly<Record<Stage, { source: string; etag: string }>>;
  readonly stages: Readonly<Record<Stage, unknown>>;
  readonly samples: unknown;
  readonly diagnostics: readonly Diagnostic[];
  readonly fields: readonly (FormField & { key: string })[];
  readonly warnings: readonly string[];
  readonly result: { approvalInstanceId: string; accessToken: string; length: number };
  readonly cpuMs: number;
  readonly declarations: Readonly<Record<string, string>>;
}

/** An answer of the API. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface CallOptions {
  readonly role?: Role;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Channels, mappings, bindings, catalogue and executions of a hub, over HTTP. */
export interface MappingsHub {
  readonly caller: StageCaller;
  readonly channels: ChannelStore;
  /** A channel at the simulator. */
  readonly channelId: string;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Heard>;
  /** Makes a mapping for the simulator's template. @returns its id */
  mapping(name: string, definitionId?: string): Promise<string>;
  save(id: string, stage: string, source: string): Promise<Heard>;
  test(id: string, stage: string, input?: unknown, options?: CallOptions): Promise<Heard>;
  /** Makes a further channel. @returns its id */
  channel(name: string, base: string): Promise<string>;
}

/** A hub on a database, for the tests of the surrounding `describe`. Every answer is held against the API's own document. */
export function useHub(
  database: () => Database,
  surroundings: () => Surroundings,
  observe: Partial<Observer> = {},
): () => MappingsHub {
  let hub: MappingsHub | undefined;
  let close = (): Promise<unknown> => Promise.resolve();
  beforeAll(async () => {
    [hub, close] = await startHub(database(), surroundings(), { ...UNOBSERVED, ...observe });
  });
  afterAll(() => close());
  return () => {
    if (hub === undefined) throw new Error('The hub is there from beforeAll on.');
    return hub;
  };
}

async function startHub(
  { knex }: Database,
  { providers, sandbox, base }: Surroundings,
  observe: Observer,
): Promise<[MappingsHub, () => Promise<unknown>]> {
  let url = '';
  const ownOrigins = (): string[] => [url];
  const channels = createChannelStore({ sealer: SEALER, providers });
  const onResume = (): Promise<void> => Promise.resolve();
  const writer = createChannelWriter({ store: channels, providers, sealer: SEALER, ownOrigins, onResume });
  const runner = { knex, sandbox, ownOrigins, observe, log: QUIET };
  const runTokenStage = createTokenRunner(runner);
  const tokens = createTokens({ knex, sealer: SEALER, runTokenStage, log: QUIET });
  const caller = createCaller({ ...runner, tokens });
  const endpoints = [
    ...mappingRoutes({ knex, channels, caller }),
    ...bindingRoutes({ knex }),
    ...catalogueRoutes({ knex, providers, simulatorsAt: 'http://127.0.0.1:8787' }),
    ...executionRoutes({ knex }),
  ];
  const app = new Koa();
  app.use(frame({ log: QUIET, isUnavailable: () => false }));
  app.use(
    createApi({
      endpoints,
      onAnswer: answerChecker(describeApi(endpoints, { version: '0.0.0', errorCodes: [] })),
      authenticate: ({ headers }) => {
        const role = headers['authorization'] as Role;
        return Promise.resolve({ kind: 'user', id: role, name: `the ${role}`, role });
      },
    }),
  );
  const handle = app.callback();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const call: MappingsHub['call'] = async (
    method,
    path,
    body,
    { role = 'editor', headers = {}, signal } = {},
  ) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: role, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Body,
    };
  };
  const channel: MappingsHub['channel'] = async (name, at) => {
    const given = newChannelSchema.parse(newChannel(name, at));
    return (await knex.transaction((trx) => writer.create(trx, given, { by: 'a test' }))).id;
  };
  const hub: MappingsHub = {
    ...{ caller, channels, call, channel },
    channelId: await channel('At the simulator', base),
    async mapping(name, definitionId = 'PROC-DEMO') {
      const given = { channelId: hub.channelId, name, approvalDefinitionId: definitionId };
      const made = await call('POST', '/mappings', given);
      expect(made).toMatchObject({ status: 201 });
      return made.body.id;
    },
    save: (id, stage, source) => call('PUT', `/mappings/${id}/draft/${stage}`, { source }),
    test: (id, stage, input = {}, options) => call('POST', `/mappings/${id}/test/${stage}`, input, options),
  };
  const close = (): Promise<unknown> => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return [hub, close];
}

/** The variables of a task that the simulator's start state takes. */
export const VARIABLES = {
  TASK_ID: 'T-1',
  TASK_NAME: 'Add an index',
  TASK_TYPE: 'SQL task',
  SUBMITER_PHONE: '13800000000',
};
