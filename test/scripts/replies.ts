import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as a provider saw it. */
export interface SeenCall {
  readonly call: string;
  readonly query: Readonly<Record<string, string>>;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** An answer: 200 with the object as JSON, or a status and a body of one's own; "cut" drops the connection, "hang" never answers. */
export type Reply = object | 'cut' | 'hang';

export interface Replies {
  readonly url: string;
  readonly seen: SeenCall[];
  /** The calls seen, as `METHOD /path`. */
  readonly calls: () => string[];
  close(): Promise<void>;
}

/**
 * A real HTTP server that answers each call (`METHOD /path`) with its replies in order, the last one again and again.
 * For the answers that a strict simulator gives only in trouble: refusals, pages, cut connections.
 */
export async function serveReplies(table: Readonly<Record<string, readonly Reply[]>>): Promise<Replies> {
  const seen: SeenCall[] = [];
  const given = new Map<string, number>();
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      seen.push(call);
      const replies = table[call.call];
      const turn = given.get(call.call) ?? 0;
      given.set(call.call, turn + 1);
      const reply = replies?.[Math.min(turn, replies.length - 1)] ?? {
        status: 404,
        body: `no reply for ${call.call}`,
      };
      if (reply === 'hang') return undefined;
      if (reply === 'cut') return request.socket.destroy();
      const { status, body } = isWhole(reply) ? reply : { status: 200, body: reply };
      response.writeHead(status, { 'content-type': 'application/json' });
      return response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    calls: () => seen.map((each) => each.call),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** DingTalk's own bodies have a status too, but never beside a body. */
function isWhole(reply: object): reply is { status: number; body: unknown } {
  return 'status' in reply && 'body' in reply;
}

async function readCall(request: IncomingMessage): Promise<SeenCall> {
  const url = new URL(request.url ?? '', 'http://provider');
  const text = (await request.toArray()).join('');
  return {
    call: `${request.method ?? ''} ${url.pathname}`,
    query: Object.fromEntries(url.searchParams),
    token: request.headers['x-acs-dingtalk-access-token']?.toString(),
    body: text === '' ? undefined : JSON.parse(text),
  };
}
