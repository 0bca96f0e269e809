import type { Middleware } from 'koa';
import manifest from '../package.json' with { type: 'json' };
import { createApprovals } from './approvals/approvals.ts';
import { resumeChannel } from './approvals/due.ts';
import { auditEndpoints } from './audit/routes.ts';
import { createAuth } from './auth/auth.ts';
import type { Auth } from './auth/auth.ts';
import { bindingRoutes } from './bindings/routes.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { channelRoutes } from './channels/routes.ts';
import { createChannelWriter } from './channels/save.ts';
import type { Channel } from './channels/channel.ts';
import { createChannelStore } from './channels/store.ts';
import { createTokens } from './channels/token.ts';
import { createVerify } from './channels/verify.ts';
import type { Config } from './config.ts';
import { createConnections } from './connections/connections.ts';
import type { Connections } from './connections/connections.ts';
import { isDatabaseAway } from './db/away.ts';
import type { Database, Trx } from './db/database.ts';
import { trim } from './db/retention.ts';
import type { DemoDeps } from './demo/demo.ts';
import { introduce } from './demo/introduce.ts';
import { callbackRoutes } from './events/callback-routes.ts';
import { createProcessor } from './events/process.ts';
import { createInbox } from './events/receive.ts';
import { eventRoutes } from './events/routes.ts';
import { createEventSweep } from './events/sweep.ts';
import { executionRoutes } from './executions/routes.ts';
import { createApi } from './http/api.ts';
import type { ApiDeps } from './http/api.ts';
import { documentEndpoint } from './http/document.ts';
import type { Endpoint } from './http/endpoint.ts';
import { frame } from './http/frame.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { JobHandlers, Jobs } from './jobs/work.ts';
import type { Log } from './log.ts';
import { createCaller, createTokenRunner } from './mappings/call.ts';
import { mappingRoutes } from './mappings/routes.ts';
import { createVersionCache } from './mappings/version-cache.ts';
import type { Observer } from './metrics.ts';
import { overviewRoutes } from './overview/routes.ts';
import type { Places } from './places.ts';
import type { Providers } from './providers/load.ts';
import type { Sandbox } from './sandbox/pool.ts';
import type { Sealer } from './secrets/seal.ts';
import { SIMULATOR_PAGES } from './simulators.ts';
import { taskRoutes } from './tasks/routes.ts';
import type { Waits } from './waits.ts';

/** What all services are made of. */
export interface Ground {
  readonly config: Config;
  readonly database: Database;
  readonly log: Log;
  readonly sealer: Sealer;
  readonly providers: Providers;
  readonly sandbox: Sandbox;
  readonly jobs: Jobs;
  readonly waits: Waits;
  readonly observe: Observer;
  readonly places: Places;
}

/** Everything the hub does, before anything listens or runs. */
export interface Services {
  readonly auth: Auth;
  readonly endpoints: readonly Endpoint[];
  /** Security headers, request ids, log lines and problem documents: around pages and API. */
  readonly around: readonly Middleware[];
  /** Everything below /api/v1. */
  readonly api: (onAnswer?: ApiDeps['onAnswer']) => Middleware;
  readonly callbacks: Middleware;
  /** Those that the hub itself holds to providers; a tick makes them. */
  readonly connections: Pick<Connections, 'stop'>;
  readonly handlers: JobHandlers;
  readonly demo: DemoDeps;
  /** What is repeated at intervals in every process; each is safe in several processes at once. */
  readonly ticks: readonly {
    readonly name: string;
    readonly ms: number;
    readonly run: () => Promise<void>;
  }[];
}

const HOUR_MS = 3_600_000;

/** Creates each service once, in dependency order: the architecture on one page. */
export function createServices(ground: Ground): Services {
  const { config, database, log, sealer, providers, sandbox, jobs, waits, observe, places } = ground;
  const { knex } = database;
  const { queue } = jobs;
  const publicUrl = (): string => places.publicUrl;
  const ownOrigins = (): readonly string[] => places.origins;
  const https = places.publicUrl.startsWith('https:');

  const auth = createAuth({
    ...{ db: knex, log, sealer, oidc: config.oidc, adminToken: config.adminToken },
    publicUrl: places.publicUrl,
  });

  const channels = createChannelStore({ sealer, providers });
  const runner = { knex, sandbox, ownOrigins, observe, log };
  const tokens = createTokens({ knex, sealer, runTokenStage: createTokenRunner(runner), log });
  const caller = createCaller({ ...runner, tokens });
  const versions = createVersionCache();
  const lives = { knex, queue, channels, versions, caller, waits, observe, log };
  const approvals = createApprovals(lives);
  const processEvent = createProcessor(lives);
  const onResume = (trx: Trx, channelId: string): Promise<void> => resumeChannel(trx, queue, channelId);
  const writer = createChannelWriter({ store: channels, sealer, providers, ownOrigins, onResume });
  const inbox = createInbox({ knex, queue });
  const connections = createConnections({
    ...{ knex, channels, inbox, sandbox, ownOrigins, waits: waits.connection, observe, log },
    random: Math.random,
  });
  const connectionOf = connections.of;
  const world = { ownOrigins, publicUrl, connectionOf, fetch, now: Date.now };
  const verify = createVerify({ knex, sandbox, ...world });
  const onSaved = async (channel: Channel): Promise<void> => {
    // The hub's own simulator learns of a channel's app, as the provider does in its console.
    if (config.simulator) await introduce({ knex, baseUrl: places.ownUrl, log }, channel);
    await connections.follow().catch((err: unknown) => log.warn({ err }, 'connections follow later'));
  };

  const endpoints: Endpoint[] = [
    ...taskRoutes({ knex, queue, channels, approvals, waits, observe }),
    ...eventRoutes({ knex, queue }),
    ...executionRoutes({ knex }),
    ...mappingRoutes({ knex, channels, caller }),
    ...bindingRoutes({ knex }),
    ...channelRoutes({ knex, store: channels, providers, writer, verify, publicUrl, connectionOf, onSaved }),
    ...catalogueRoutes({ knex, providers, simulatorsAt: config.simulator ? places.ownUrl : undefined }),
    ...overviewRoutes({ knex, simulators: config.simulator ? [...SIMULATOR_PAGES] : [] }),
    ...auth.endpoints,
    ...auditEndpoints(knex),
    documentEndpoint(() => endpoints, manifest.version),
  ];
  const callbacks = callbackRoutes({ findChannel: (id) => channels.find(knex, id), inbox, observe, log });

  return {
    auth,
    endpoints,
    around: [securityHeaders({ https }), frame({ log, isUnavailable: isDatabaseAway })],
    api: (onAnswer) =>
      createApi({
        endpoints,
        authenticate: auth.authenticate,
        ...(onAnswer === undefined ? {} : { onAnswer }),
      }),
    callbacks,
    connections,
    demo: { knex, channels, writer, providers },
    handlers: {
      'open-approval': (data, job) => approvals.open(data, job),
      'sync-approval': (data, job) => approvals.sync(data, job),
      'revoke-approval': (data, job) => approvals.revoke(data, job),
      'process-event': (data, job) => processEvent(data, job),
    },
    ticks: [
      { name: 'approvals', ms: waits.tick, run: () => approvals.tick() },
      { name: 'connections', ms: waits.connection.follow, run: () => connections.follow() },
      { name: 'events', ms: waits.tick, run: createEventSweep({ knex, queue, waits }) },
      {
        name: 'retention',
        ms: HOUR_MS,
        run: async () => log.info({ trimmed: await trim(knex, { days: config.retentionDays }) }, 'trimmed'),
      },
    ],
  };
}
