import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { wait, type Clock } from '../clock.ts';
import type { EventPayload } from '../events/payload.ts';
import type { Sent } from '../events/send.ts';
import { eventFrame, readAck, systemFrame, type Ack, type Sender } from './frames.ts';

/** How long the gateway waits for an event's acknowledgement (protocols/dingtalk.md §10). */
export const ACK_PATIENCE_MS = 3_000;
/** How often it says that it is there: KEEPALIVE and ping in turns. */
export const KEEPALIVE_MS = 25_000;
/** After a disconnect frame it closes the connection so much later. */
export const CLOSE_AFTER_MS = 10_000;
/** Every connection is ended some day: after 20 hours (observed; dingtalk-stream-sdk-python issue 22). */
export const ROTATE_AFTER_MS = 20 * 3_600_000;

/** One connection that an app holds. */
export interface Connection {
  readonly id: string;
  readonly appKey: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Whether it is given events: not any more once it was told to go. */
  isOpen(): boolean;
  /** Sends one event and waits for its acknowledgement. Never rejects. */
  push(payload: EventPayload, closed: AbortSignal): Promise<Sent>;
  /** Tells it to go, delivers nothing more at once, and closes it 10 s later. */
  rotate(): void;
  /** Cuts it without a word, as a network does. */
  cut(): void;
}

/** Takes over a socket that was just made: says CONNECTED and keeps it alive. `onEnd` is told once, when it is closed. */
export function createConnection(
  socket: WebSocket,
  appKey: string,
  clock: Clock,
  onEnd: (connection: Connection) => void,
): Connection {
  const id = randomUUID();
  const waiting = new Map<string, (ack: Ack) => void>();
  const ended = new AbortController();
  let isOpen = true;
  const sender = (): Sender => ({ appKey, connectionId: id, at: clock.now() });
  const tell = (topic: string, data: object): void => socket.send(systemFrame(topic, data, sender()).text);

  const connection: Connection = {
    id,
    appKey,
    since: clock.now(),
    isOpen: () => isOpen,

    async push(payload, closed) {
      const { messageId, text } = eventFrame(payload, sender());
      const stop = new AbortController();
      const giveUp = AbortSignal.any([stop.signal, ended.signal, closed]);
      const acknowledged = new Promise<Sent>((resolve) => {
        waiting.set(messageId, (ack) => resolve(judge(ack)));
      });
      socket.send(text);
      const tooLate = wait(clock, ACK_PATIENCE_MS, giveUp).then((passed) =>
        failed(passed ? `no acknowledgement within ${ACK_PATIENCE_MS} ms` : 'the connection was closed'),
      );
      const sent = await Promise.race([acknowledged, tooLate]);
      stop.abort();
      waiting.delete(messageId);
      return sent;
    },

    rotate() {
      if (!isOpen) return;
      isOpen = false;
      tell('disconnect', { reason: 'connection is expired' });
      void wait(clock, CLOSE_AFTER_MS, ended.signal).then((passed) => {
        if (passed) socket.close(1000, 'connection is expired');
      });
    },

    cut: () => socket.terminate(),
  };

  async function keepAlive(): Promise<void> {
    for (let turn = 0; await wait(clock, KEEPALIVE_MS, ended.signal); turn += 1) {
      if (turn % 2 === 0) tell('KEEPALIVE', {});
      else tell('ping', { opaque: randomUUID() });
    }
  }

  socket.on('message', (data: Buffer) => {
    const ack = readAck(data.toString('utf8'));
    if (ack !== null) waiting.get(ack.messageId)?.(ack);
  });
  // What is wrong with a socket ends it; 'close' follows.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isOpen = false;
    ended.abort();
    onEnd(connection);
  });
  tell('CONNECTED', {});
  void keepAlive();
  void wait(clock, ROTATE_AFTER_MS, ended.signal).then((passed) => {
    if (passed) connection.rotate();
  });
  return connection;
}

const failed = (detail: string, unreachable = false): Sent => ({ ok: false, detail, unreachable });

/** Only code 200 with the status SUCCESS is an end of it; LATER asks for the event again. */
function judge({ code, status }: Ack): Sent {
  if (code !== 200) return failed(`acknowledged with code ${code} instead of 200`);
  if (status === 'SUCCESS') return { ok: true, detail: 'success', unreachable: false };
  return failed(status === 'LATER' ? 'acknowledged as LATER' : `acknowledged with the status "${status}"`);
}
