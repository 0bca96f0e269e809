import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Streams } from './streams.ts';

/** An acknowledgement has some hundred bytes. */
const MOST_BYTES = 64 * 1024;

/** Makes a connection of an upgrade request, which must carry `?ticket=`; refuses it 401 without a good one. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export function createUpgrade(streams: Streams): Upgrade {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, perMessageDeflate: false });
  return (request, socket, head) => {
    const ticket = new URL(request.url ?? '', 'http://here').searchParams.get('ticket') ?? '';
    const appKey = streams.tickets.redeem(ticket);
    if (appKey === null) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => streams.accept(appKey, webSocket));
  };
}
