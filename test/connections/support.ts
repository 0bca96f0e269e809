import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { channelOf } from '../../server/channels/channel.ts';
import type { Channel } from '../../server/channels/channel.ts';
import { keepConnection } from '../../server/connections/keep.ts';
import type { Kept } from '../../server/connections/keep.ts';
import type { ChannelRow } from '../../server/db/tables.ts';
import type { Inbox } from '../../server/events/receive.ts';
import { createLog } from '../../server/log.ts';
import { UNOBSERVED } from '../../server/metrics.ts';
import type { ConnectionProtocol } from '../../server/providers/connection.ts';
import type { KnownProvider } from '../../server/providers/load.ts';
import type { Sandbox } from '../../server/sandbox/pool.ts';
import type { ConnectionWaits } from '../../server/waits.ts';

/** As the product waits, but in milliseconds. */
export const SHORT_CONNECTION: ConnectionWaits = {
  retry: [20, 40, 80, 10_000],
  steady: 5_000,
  open: 2_000,
  silence: 10_000,
  drain: 200,
  follow: 50,
};

/** One connection as the provider sees it. */
export interface Accepted {
  /** Sends an event; resolves to the status that it is acknowledged with. */
  event(fields?: object): Promise<string>;
  system(topic: string, data?: object): void;
  readonly socket: WebSocket;
}

/** A provider's gateway that does as it is told. */
export interface Gateway {
  readonly base: string;
  /** When it was asked to open a connection, by performance.now(). */
  readonly asked: number[];
  /** The connections that were made, oldest first. */
  readonly accepted: Accepted[];
  /** What it names as the place to connect to, instead of its own. */
  endpoint: string | undefined;
  /** Done with each connection at once. */
  greet: (accepted: Accepted) => void;
}

/** Starts one; it ends with the test. */
export async function startGateway(): Promise<Gateway> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((_request, response) => {
    gateway.asked.push(performance.now());
    const endpoint = gateway.endpoint ?? `${gateway.base.replace('http', 'ws')}/connect`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ endpoint, ticket: 'a-ticket/of+its own' }));
  });
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (made) => {
      const accepted = acceptedOf(made);
      gateway.accepted.push(accepted);
      gateway.greet(accepted);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/provider`;
  const gateway: Gateway = { base, asked: [], accepted: [], endpoint: undefined, greet: () => undefined };
  onTestFinished(() => {
    for (const { socket } of gateway.accepted) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  return gateway;
}

function acceptedOf(socket: WebSocket): Accepted {
  let last = 0;
  const send = (type: string, headers: object, data: object): string => {
    const messageId = `m-${(last += 1)}`;
    socket.send(JSON.stringify({ type, headers: { ...headers, messageId }, data: JSON.stringify(data) }));
    return messageId;
  };
  return {
    socket,
    system: (topic, data = {}) => void send('SYSTEM', { topic }, data),
    event(fields = {}) {
      const eventHeaders = { topic: '*', eventType: 'bpms_instance_change', eventId: `e-${last}` };
      const messageId = send('EVENT', eventHeaders, { processInstanceId: 'I-1', type: 'finish', ...fields });
      return new Promise((resolve) => {
        socket.on('message', (text: Buffer) => {
          const ack = JSON.parse(text.toString()) as { headers: { messageId: string }; data: string };
          if (ack.headers.messageId === messageId)
            resolve((JSON.parse(ack.data) as { status: string }).status);
        });
      });
    },
  };
}

/** A persistent channel at that base URL, kept connected until the test ends. */
export function keepAt(
  apiBaseUrl: string,
  around: { sandbox: Sandbox; known: KnownProvider },
  more: { inbox?: Inbox; waits?: Partial<ConnectionWaits> } = {},
): Kept {
  const channel = channelAt(apiBaseUrl, around.known);
  const kept = keepConnection(
    {
      sandbox: around.sandbox,
      ownOrigins: () => [],
      inbox: more.inbox ?? { receive: () => Promise.resolve('stored') },
      waits: { ...SHORT_CONNECTION, ...more.waits },
      observe: UNOBSERVED,
      log: createLog('silent'),
      random: () => 1,
    },
    channel,
    channel.protocol.connection as ConnectionProtocol,
  );
  onTestFinished(() => kept.close());
  return kept;
}

function channelAt(apiBaseUrl: string, known: KnownProvider): Channel {
  const row: ChannelRow = {
    ...{ id: '0190b7a2-0000-7000-8000-000000000001', type: known.provider.name, name: 'A channel' },
    ...{ app_id: 'ding-demo', corp_id: '', agent_id: '', callback_type: 'persistent' as const },
    ...{ api_base_url: apiBaseUrl, legacy_api_base_url: '', allowed_hosts: [], default_originator: '' },
    ...{ secrets: '', monthly_calls: 5_000, paused_at: null, last_callback_at: null },
    ...{ created_at: new Date(), updated_at: new Date() },
  };
  const none = { token: '', aesKey: '', encryptKey: '', verificationToken: '' };
  return channelOf(row, { appSecret: 'demo-secret', ...none }, known);
}
