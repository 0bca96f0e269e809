import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { afterEach, expect } from 'vitest';

import { openEgress } from '../../server/sandbox/egress.ts';
import type {
  EgressIo,
  EgressLimits,
  EgressPolicy,
  EgressSession,
  ScriptReply,
  ScriptRequest,
} from '../../server/sandbox/egress.ts';

const started: { server: Server; sockets: Set<Socket> }[] = [];
const opened: EgressSession[] = [];

afterEach(async () => {
  for (const session of opened.splice(0)) session.close();
  for (const { server, sockets } of started.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  }
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  started.push({ server, sockets });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** What a test server saw of one request. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  readonly port: number;
  readonly host: string;
  readonly origin: string;
  readonly seen: Seen[];
}

/** An HTTP server on 127.0.0.1 that notes whole requests and answers as told. Ends with the test. */
export async function httpServer(
  answer: (request: Seen, response: ServerResponse) => void = (_request, response) => response.end('ok'),
): Promise<TestServer> {
  const seen: Seen[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const noted = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(noted);
      answer(noted, response);
    });
  };
  const port = await listen(createServer(listener));
  return { port, host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}`, seen };
}

/** A TCP server on 127.0.0.1 that speaks whatever it likes. Ends with the test. */
export async function tcpServer(speak: (socket: Socket) => void): Promise<{ host: string; origin: string }> {
  const port = await listen(createTcpServer(speak));
  return { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` };
}

/** A server made elsewhere (TLS) that is to end with the test. Answers its port on 127.0.0.1. */
export const listenUntilTestEnds = listen;

const LIMITS: EgressLimits = {
  calls: 20,
  callMs: 10_000,
  outBytes: 1_048_576,
  inBytes: 1_048_576,
  redirects: 3,
  headerBytes: 32_768,
};

type PolicyPart = Partial<Omit<EgressPolicy, 'limits'>> & { limits?: Partial<EgressLimits> };

/** The strictest policy, loosened where a test says so. */
export const policyOf = ({ limits, ...part }: PolicyPart = {}): EgressPolicy => ({
  providerHosts: [],
  allowedHosts: [],
  createCalls: [],
  readCalls: [],
  ownOrigins: [],
  ...part,
  limits: { ...LIMITS, ...limits },
});

/** A resolver for the names of a test; any other name is unknown. */
export const namesOf =
  (names: Readonly<Record<string, readonly string[]>>): EgressIo['resolve'] & {} =>
  (hostname) => {
    const addresses = names[hostname];
    return addresses === undefined
      ? Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }))
      : Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };

export interface Caller {
  readonly session: EgressSession;
  readonly call: (
    method: string,
    url: string,
    more?: Partial<Pick<ScriptRequest, 'headers' | 'body'>>,
  ) => Promise<ScriptReply>;
  readonly get: (url: string) => Promise<ScriptReply>;
}

/** Makes calls in a session as a script's fetch does. */
export function callerOf(session: EgressSession): Caller {
  let id = 0;
  opened.push(session);
  const call: Caller['call'] = (method, url, more = {}) => {
    id += 1;
    return session.call({ id, method, url, headers: [], body: null, ...more });
  };
  return { session, call, get: (url) => call('GET', url) };
}

/** A live session under the given policy; it ends with the test. */
export const openCaller = (policy: PolicyPart = {}, io: EgressIo = {}): Caller =>
  callerOf(openEgress(policyOf(policy), io));

/** Matches a text that contains these words. */
export const words = (text: string): string => expect.stringContaining(text) as string;
