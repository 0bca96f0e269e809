import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createApp } from './app.ts';
import { firstStartLink } from './auth/first-start.ts';
import type { Config } from './config.ts';
import { controlOf } from './control/control.ts';
import { serveControl } from './control/serve.ts';
import type { Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import { makeDemo } from './demo/demo.ts';
import { openEditor } from './editor/editor.ts';
import { serveEditor } from './editor/serve.ts';
import type { ApiDeps } from './http/api.ts';
import { SERVER_TIMEOUTS } from './http/timeouts.ts';
import { every } from './jobs/every.ts';
import type { Pace } from './jobs/pace.ts';
import { createJobs } from './jobs/work.ts';
import type { Log } from './log.ts';
import { createHealth } from './operations/health.ts';
import { createMetrics } from './operations/metrics.ts';
import { placesOf } from './places.ts';
import { loadProviders } from './providers/load.ts';
import { Sandbox } from './sandbox/pool.ts';
import type { SandboxSettings } from './sandbox/pool.ts';
import { openSealer } from './secrets/keys.ts';
import { createServices } from './services.ts';
import { mountSimulators } from './simulators.ts';
import type { Simulators } from './simulators.ts';
import { WAITS } from './waits.ts';
import type { Waits } from './waits.ts';

/** What a hub is started with; what is omitted has the product's default. */
export interface HubOptions {
  readonly config: Config;
  readonly log: Log;
  /** Prints a line for a person at a terminal. */
  readonly say?: (line: string) => void;
  /** Builds the editor when its sources have changed. Otherwise an existing build is served, or a page that says that there is none. */
  readonly buildEditor?: boolean;
  readonly waits?: Waits;
  readonly pace?: Partial<Pace>;
  readonly sandbox?: Partial<SandboxSettings>;
  readonly open?: (config: Config, log: Log) => Promise<Database>;
  /** Called with every answer of the API before it is sent. */
  readonly onAnswer?: ApiDeps['onAnswer'];
}

/** A running hub. */
export interface Hub {
  /** Where it listens: `http://127.0.0.1:8787`. */
  readonly url: string;
  /** The one-time link of a first start; undefined when somebody can sign in already. */
  readonly signInLink: string | undefined;
  /**
   * Takes no more jobs, lets running ones end or hands them back after `graceMs`, and stops everything. Until the very end
   * tasks and callbacks are still accepted: the next process works on what was stored.
   */
  close(graceMs: number): Promise<void>;
}

/** The server cannot listen; the start ends with the message. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** How long requests that arrived before the end may take. */
const ANSWER_MS = 5_000;

/**
 * Starts the whole hub: listens, opens the database, migrates it, starts sandbox and jobs. Requests that arrive before everything is
 * ready wait for it. When something fails, what was started is stopped again.
 * @throws ListenError, DatabaseStartError, DirectoryLockedError, KeyError, ChildStartError: the start's one clear line
 */
export async function startHub(options: HubOptions): Promise<Hub> {
  const ending = new AsyncDisposableStack();
  try {
    return await start(options, ending);
  } catch (error) {
    await ending.disposeAsync();
    throw error;
  }
}

async function start(options: HubOptions, ending: AsyncDisposableStack): Promise<Hub> {
  const { config, log, say = () => undefined, waits = WAITS, open = openDatabase } = options;
  const ready = Promise.withResolvers<RequestListener>();
  // The failing start reports the reason itself.
  ready.promise.catch(() => undefined);
  const underWay = new Set<Promise<unknown>>();
  let simulators: Simulators | undefined;
  // Asked of every request that names another protocol, as some clients always do: all but the simulators' are ordinary ones.
  const shouldUpgradeCallback = (request: IncomingMessage): boolean =>
    simulators?.isConnect(request) === true;
  const server = createServer({ ...SERVER_TIMEOUTS, shouldUpgradeCallback }, (request, response) => {
    const answered = once(response, 'close').finally(() => underWay.delete(answered));
    underWay.add(answered);
    void ready.promise.then(
      (answer) => answer(request, response),
      () => response.destroy(),
    );
  });
  server.on('upgrade', (request, socket, head) => simulators?.upgrade(request, socket, head));
  await listen(server, config);
  ending.defer(() => endServer(server));
  ending.defer(() => ready.reject(new Error('The start failed.')));
  const places = placesOf(config, server);

  if (config.databaseUrl === undefined)
    say(`Opening the embedded database in ${config.dataDir} (the first time takes some seconds) …`);
  const database = await open(config, log);
  ending.defer(() => database.close());
  await migrate(database);
  const sealer = await openSealer(database.knex, config);
  const providers = await loadProviders();
  const clients = Object.fromEntries([...providers].map(([name, { provider }]) => [name, provider.client]));
  const sandbox = await Sandbox.start({ ...options.sandbox, clients });
  ending.defer(() => sandbox.close());

  const jobs = createJobs({ database, log, ...(options.pace === undefined ? {} : { pace: options.pace }) });
  const metrics = createMetrics({ knex: database.knex, sandbox, jobs, log });
  const services = createServices({
    ...{ config, database, log, sealer, providers, sandbox, jobs, waits, places },
    observe: metrics.observer,
  });
  await jobs.prepare();
  let isStopping = false;
  if (config.simulator) {
    const mounted = mountSimulators(config, places.publicUrl, log);
    simulators = mounted;
    ending.defer(() => mounted.close());
  }
  const editor = openEditor({ build: options.buildEditor ?? false, log, say });
  ending.defer(() => editor.close());
  const app = createApp({
    health: createHealth({ knex: database.knex, sandbox, jobs, isStopping: () => isStopping }),
    metrics,
    simulator: simulators?.middleware,
    callbacks: services.callbacks,
    around: services.around,
    pages: services.auth.pages,
    api: services.api(options.onAnswer),
    editor: serveEditor({
      state: () => editor.state(),
      isSignedIn: (ctx) => services.auth.isSignedIn({ cookie: ctx.get('cookie') }),
      https: places.publicUrl.startsWith('https:'),
    }),
    log,
  });
  const answer = app.callback();
  ready.resolve((request, response) => void answer(request, response));

  let stop: (graceMs: number) => Promise<void> = (graceMs) => jobs.stop(graceMs);
  ending.defer(() => stop(0));
  await jobs.start(services.handlers);
  const ticks = services.ticks.map(({ name, ms, run }) => every(ms, log.child({ tick: name }), run));
  stop = async (graceMs) => {
    await Promise.all(ticks.map((tick) => tick.stop()));
    await services.connections.stop();
    await jobs.stop(graceMs);
  };
  if (config.databaseUrl === undefined) {
    const control = await serveControl({
      dataDir: config.dataDir,
      control: controlOf(database, sealer),
      log,
    });
    ending.defer(() => control.close());
  }
  if (simulators !== undefined) await makeDemo({ ...services.demo, baseUrl: places.ownUrl, log });
  const signInLink = await firstStartLink(database.knex, {
    publicUrl: places.publicUrl,
    hasOidc: config.oidc !== undefined,
  });
  log.info({ url: places.ownUrl, database: database.kind }, 'ready');
  return {
    url: places.ownUrl,
    signInLink,
    async close(graceMs) {
      isStopping = true;
      const gently = stop;
      stop = () => Promise.resolve();
      // A script's test run is a request: it may take as long as a job.
      const late = AbortSignal.timeout(graceMs);
      await Promise.all([gently(graceMs), Promise.race([Promise.allSettled(underWay), once(late, 'abort')])]);
      await ending.disposeAsync();
    },
  };
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ListenError(whyNot(error, port, host), { cause: error })),
    );
    server.listen(port, host, resolve);
  });
}

function whyNot({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE')
    return `PORT ${port} on ${host} is in use: another server runs there. End it, or set PORT to a free one.`;
  if (code === 'EACCES') return `PORT ${port} needs more rights: choose one above 1023.`;
  return `The server cannot listen on ${host}:${port}: ${message}.`;
}

/** Waits for running answers to finish, up to ANSWER_MS. */
async function endServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), ANSWER_MS);
  await closed;
  clearTimeout(late);
}
