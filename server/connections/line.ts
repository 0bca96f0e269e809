import type { WebSocket } from 'ws';
import type { Channel } from '../channels/channel.ts';
import { TooLate, within } from '../events/deadline.ts';
import type { Inbox } from '../events/receive.ts';
import { isDatabaseAway } from '../db/away.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Observer } from '../metrics.ts';
import type { ConnectionProtocol, Frame } from '../providers/connection.ts';
import type { ConnectionWaits } from '../waits.ts';

/** What the frames of a connection are dealt with by. */
export interface LineDeps {
  readonly protocol: ConnectionProtocol;
  /** The channel as it is known by now. */
  readonly channel: () => Channel;
  readonly inbox: Inbox;
  readonly waits: Pick<ConnectionWaits, 'silence' | 'drain'>;
  readonly observe: Observer;
  readonly log: Log;
  /** Told of everything that comes. */
  readonly heard: () => void;
}

/** Why a connection is not to be counted on any more. `leaving`: the provider said so, and what is under way still comes. */
export interface Over {
  readonly leaving: boolean;
  readonly why: string;
}

/** An open connection. */
export interface Line {
  /** Resolves when another one is needed in its place. */
  readonly over: Promise<Over>;
  /** Resolves when it is closed and nothing of it is under way. */
  readonly closed: Promise<void>;
  /** Takes no more events, lets those under way be stored and acknowledged, and closes it. */
  close(): Promise<void>;
}

/** DingTalk waits about 3 s for an acknowledgement (protocols/dingtalk.md §10): nothing is gained by storing later than this. */
const PATIENCE_MS = 2_000;
/** A provider need not be waited for when the hub itself is done. */
const CLOSE_MS = 1_000;

/** Serves an open socket, which may be paused so far: each event is stored and then acknowledged, never the other way round. */
export function serveLine(socket: WebSocket, deps: LineDeps): Line {
  const { protocol, inbox, waits, observe, log } = deps;
  const over = Promise.withResolvers<Over>();
  const ended = Promise.withResolvers<undefined>();
  const underWay = new Set<Promise<void>>();
  let isClosing = false;
  let silence: NodeJS.Timeout | undefined;
  let lateClose: NodeJS.Timeout | undefined;

  function alive(): void {
    deps.heard();
    clearTimeout(silence);
    silence = setTimeout(() => {
      over.resolve({ leaving: false, why: `Nothing came for ${Math.round(waits.silence / 1_000)} s.` });
      socket.terminate();
    }, waits.silence).unref();
  }

  const answer = (text: string): void => {
    // Who is gone gets no answer, and sends the event again elsewhere.
    if (socket.readyState === socket.OPEN) socket.send(text);
  };

  /** @returns what came of an event: stored, duplicate, foreign, or later */
  async function store(
    { event, replies }: Extract<Frame, { kind: 'event' }>,
    frame: string,
  ): Promise<string> {
    const channel = deps.channel();
    try {
      const received = inbox.receive({ channel, raw: { frame }, event });
      const outcome = await within(received, PATIENCE_MS, (err) =>
        log.warn({ err }, 'an event that was put off for lack of time was not stored'),
      );
      answer(replies.stored);
      return outcome;
    } catch (err) {
      const isExpected = err instanceof TooLate || err instanceof AppError || isDatabaseAway(err);
      log[isExpected ? 'warn' : 'error']({ err }, 'an event was not acknowledged: it is to come later');
      answer(replies.later);
      return 'later';
    }
  }

  async function take(text: string): Promise<void> {
    const frame = protocol.readFrame(text);
    if (frame.kind === 'event') {
      if (isClosing) return;
      observe.frameHandled(await store(frame, text));
      return;
    }
    observe.frameHandled(frame.kind);
    if (frame.kind === 'leaving') {
      over.resolve({ leaving: true, why: frame.reason });
      drain(waits.drain);
      return;
    }
    if (frame.kind === 'unknown') log.warn({ why: frame.why }, 'a frame was not understood');
    if (frame.reply !== null) answer(frame.reply);
  }

  /** The other side closes; where it does not within that time, we do. */
  function drain(ms: number): void {
    clearTimeout(lateClose);
    lateClose = setTimeout(() => socket.terminate(), ms).unref();
  }

  socket.on('message', (data: Buffer) => {
    alive();
    const taken = take(data.toString('utf8')).finally(() => underWay.delete(taken));
    underWay.add(taken);
  });
  socket.on('ping', alive);
  // Its end follows, with nothing more to say.
  socket.on('error', (err) => log.warn({ err }, 'a connection broke'));
  socket.on('close', (code, reason) => {
    clearTimeout(silence);
    clearTimeout(lateClose);
    const words = reason.toString('utf8').slice(0, 200);
    over.resolve({
      leaving: false,
      why: `The provider closed it (${code}${words === '' ? '' : ` ${words}`}).`,
    });
    void Promise.all(underWay).then(() => ended.resolve(undefined));
  });
  alive();
  socket.resume();

  return {
    over: over.promise,
    closed: ended.promise,
    async close() {
      isClosing = true;
      await Promise.all(underWay);
      socket.close(1000);
      drain(CLOSE_MS);
      await ended.promise;
    },
  };
}
