import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import type { Middleware } from 'koa';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { isDatabaseAway } from '../../server/db/away.ts';
import { createApi } from '../../server/http/api.ts';
import type { ApiDeps } from '../../server/http/api.ts';
import { documentEndpoint } from '../../server/http/document.ts';
import type { Caller, Endpoint } from '../../server/http/endpoint.ts';
import { frame } from '../../server/http/frame.ts';
import { securityHeaders } from '../../server/http/security-headers.ts';
import { SERVER_TIMEOUTS } from '../../server/http/timeouts.ts';
import { describeApi } from '../../server/contract/openapi.ts';
import type { Log } from '../../server/log.ts';
import { answerChecker } from '../support/openapi.ts';

export const ADMIN: Caller = { kind: 'setting', id: 'ADMIN_TOKEN', name: 'ADMIN_TOKEN', role: 'admin' };

/** A log whose lines a test can read. */
export function readableLog(): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string): unknown => lines.push(JSON.parse(line) as Record<string, unknown>);
  return { log: pino({ level: 'debug', base: null }, { write }), lines };
}

/** An HTTP server on a free port whose answers may be decided on later; closed after the file's tests. */
export async function listen(): Promise<{ server: Server; url: string }> {
  const server = createServer(SERVER_TIMEOUTS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

interface Served {
  readonly endpoints: readonly Endpoint[];
  readonly authenticate?: ApiDeps['authenticate'];
  readonly pages?: Middleware;
  readonly log?: Log;
  readonly https?: boolean;
}

/** Lets a server answer as the product would: frame, headers, pages, API. Every answer is held against the API's own document. */
export function serve(server: Server, { endpoints: own, log = readableLog().log, ...served }: Served): void {
  const { authenticate = () => Promise.resolve(ADMIN), pages, https = false } = served;
  const endpoints: Endpoint[] = [...own, documentEndpoint(() => endpoints, '0.0.0')];
  const check = answerChecker(describeApi(endpoints, { version: '0.0.0', errorCodes: [] }));
  const app = new Koa();
  app.use(frame({ log, isUnavailable: isDatabaseAway }));
  app.use(securityHeaders({ https }));
  if (pages !== undefined) app.use(pages);
  app.use(createApi({ endpoints, authenticate, onAnswer: check }));
  const callback = app.callback();
  server.on('request', (request, response) => void callback(request, response));
}
