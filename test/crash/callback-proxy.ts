import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { decryptMessage } from '../../server/simulator/dingtalk/crypto.ts';

/** One push of the provider that went through the proxy. */
export interface Pushed {
  readonly eventId: string;
  /** The status of the hub's answer; 0: there was none. */
  readonly status: number;
}

/** A proxy between the provider and the hubs, with a fixed address for callbacks; records the answers. */
export interface CallbackProxy {
  readonly url: string;
  readonly pushed: readonly Pushed[];
  /** Sets the hubs behind it, which are used in turns. */
  route(urls: readonly string[]): void;
  close(): Promise<void>;
}

/** Opens a proxy. @param aesKey of the app whose events it decrypts, for their ids */
export async function openCallbackProxy(aesKey: string): Promise<CallbackProxy> {
  const pushed: Pushed[] = [];
  let hubs: readonly string[] = [];
  let turn = 0;

  async function pass(request: IncomingMessage): Promise<{ status: number; type: string; body: string }> {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const { eventId } = openEvent(aesKey, body);
    turn += 1;
    const hub = hubs[turn % Math.max(1, hubs.length)];
    const answer = hub === undefined ? undefined : await post(hub + (request.url ?? ''), body);
    if (eventId !== undefined) pushed.push({ eventId, status: answer?.status ?? 0 });
    return answer ?? { status: 502, type: 'text/plain', body: 'no hub' };
  }

  const server = createServer((request, response) => {
    void pass(request).then(({ status, type, body }) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pushed,
    route(urls) {
      hubs = urls;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await Promise.resolve();
    },
  };
}

async function post(
  url: string,
  body: string,
): Promise<{ status: number; type: string; body: string } | undefined> {
  try {
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const response = await fetch(url, { method: 'POST', headers, body });
    const type = response.headers.get('content-type') ?? 'text/plain';
    return { status: response.status, type, body: await response.text() };
  } catch {
    // It is dead, or died with the answer on its lips.
    return undefined;
  }
}

function openEvent(aesKey: string, body: string): { eventId?: string } {
  const { encrypt } = JSON.parse(body) as { encrypt: string };
  return JSON.parse(decryptMessage(aesKey, encrypt).message) as { eventId?: string };
}
