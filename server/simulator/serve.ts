import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createDingtalkSimulator, DINGTALK_PREFIX } from './dingtalk/index.ts';
import { ownFault } from './own-fault.ts';

export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Takes lines for a person at a terminal, each with the time of day; nothing secret. */
  readonly log?: (line: string) => void;
}

export interface ServedSimulators {
  /** Origin, without a path: `http://127.0.0.1:8790`. */
  readonly url: string;
  /** Lets answers under way finish (at most two seconds), then ends everything. */
  close(): Promise<void>;
}

const GRACE_MS = 2000;

/**
 * Serves the provider simulators alone (`countersign simulator`), on 127.0.0.1 unless told otherwise.
 * Rejects in words when the port cannot be had.
 */
export async function serveSimulators({
  port,
  host = '127.0.0.1',
  log = () => undefined,
}: ServeOptions): Promise<ServedSimulators> {
  const tell = (line: string): void => log(`${new Date().toTimeString().slice(0, 8)} ${line}`);
  const dingtalk = createDingtalkSimulator({ log: tell });
  const app = new Koa();
  app.on('error', (error: unknown, ctx?: Koa.Context) => {
    const line = ownFault(error, ctx?.method ?? '', ctx?.path ?? '');
    if (line !== null) tell(line);
  });
  app.use(dingtalk.middleware);
  app.use((ctx) => {
    if (ctx.path === '/') ctx.redirect(`${DINGTALK_PREFIX}/`);
  });
  const handle = app.callback();
  const server = createServer({ shouldUpgradeCallback: dingtalk.isConnect }, (request, response) => {
    void handle(request, response);
  });
  server.on('upgrade', dingtalk.upgrade);
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${shown}:${address.port}`,
    async close() {
      await dingtalk.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(grace);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(whyNot(error, port, host), { cause: error })),
    );
    server.listen(port, host, resolve);
  });
}

function whyNot(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === 'EADDRINUSE')
    return `port ${port} on ${host} is in use: an earlier simulator may still run there. End it, or choose another port (--port 0 takes any free one)`;
  if (error.code === 'EACCES') return `port ${port} needs more rights: choose one above 1023 with --port`;
  return `cannot listen on ${host}:${port}: ${error.message}`;
}
