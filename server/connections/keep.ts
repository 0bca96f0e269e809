import type { Channel } from '../channels/channel.ts';
import type { ChannelConnection } from '../contract/channel.ts';
import type { Inbox } from '../events/receive.ts';
import type { Log } from '../log.ts';
import type { Observer } from '../metrics.ts';
import type { ConnectionProtocol } from '../providers/connection.ts';
import type { ConnectionWaits } from '../waits.ts';
import { connect } from './connect.ts';
import type { ConnectDeps } from './connect.ts';
import { retryDelay } from './delay.ts';
import { serveLine } from './line.ts';
import type { Line, Over } from './line.ts';
import { pause } from './pause.ts';

export interface KeepDeps extends ConnectDeps {
  readonly inbox: Inbox;
  readonly waits: ConnectionWaits;
  readonly observe: Observer;
  readonly log: Log;
  /** 0 to 1. */
  readonly random: () => number;
}

/** The connection of one channel, for as long as it is wanted. */
export interface Kept {
  state(): ChannelConnection;
  /** The channel was read again: same app, same place. */
  refresh(channel: Channel): void;
  /** Ends it when what is under way is stored. */
  close(): Promise<void>;
}

/** How a try to have a connection ended: it could not be made, or was made and is over. */
type Ended = Over & { readonly wasSteady: boolean };

/**
 * Keeps one connection: makes it, and another one when it is over. A provider that says that it leaves gets the next one at once, while
 * the old one is read to its end; one that fails, or leaves again and again, is tried less and less often.
 */
export function keepConnection(deps: KeepDeps, first: Channel, protocol: ConnectionProtocol): Kept {
  const { waits, observe, random } = deps;
  const log = deps.log.child({ channelId: first.id });
  const stopped = new AbortController();
  const isStopped = (): boolean => stopped.signal.aborted;
  const lines = new Set<Line>();
  let channel = first;
  let lastFrameAt: string | null = null;
  let state: Omit<ChannelConnection, 'lastFrameAt'> = {
    ...{ state: 'connecting', since: new Date().toISOString(), lastError: null, nextTryAt: null },
  };
  const become = (next: Pick<typeof state, 'state'> & Partial<typeof state>): void => {
    // A try between two pauses is no news: people ask since when nothing comes.
    const isNews = (next.state === 'connected') !== (state.state === 'connected');
    state = { ...state, nextTryAt: null, ...(isNews && { since: new Date().toISOString() }), ...next };
  };

  function serve(socket: Parameters<typeof serveLine>[0]): Line {
    const heard = (): void => {
      lastFrameAt = new Date().toISOString();
    };
    const line = serveLine(socket, { ...deps, protocol, log, heard, channel: () => channel });
    lines.add(line);
    observe.connectionsChanged(1);
    void line.closed.then(() => {
      lines.delete(line);
      observe.connectionsChanged(-1);
    });
    return line;
  }

  /** @returns undefined when the connection is not wanted any more */
  async function hold(): Promise<Ended | undefined> {
    try {
      const socket = await connect(deps, channel, waits.open, stopped.signal);
      if (isStopped()) {
        socket.terminate();
        return undefined;
      }
      const line = serve(socket);
      const madeAt = performance.now();
      observe.connectionTried('connected');
      log.info('connected to the provider');
      become({ state: 'connected', lastError: null });
      const over = await line.over;
      const wasSteady = performance.now() - madeAt >= waits.steady;
      return isStopped() ? undefined : { ...over, wasSteady };
    } catch (error) {
      if (isStopped()) return undefined;
      observe.connectionTried('failed');
      const why = error instanceof Error ? error.message : String(error);
      return { leaving: false, why, wasSteady: false };
    }
  }

  async function keep(): Promise<void> {
    for (let failures = 0; !isStopped(); failures += 1) {
      become({ state: 'connecting' });
      const ended = await hold();
      if (ended === undefined) return;
      const { leaving, why, wasSteady } = ended;
      if (wasSteady) failures = 0;
      if (leaving && failures === 0) {
        log.info({ why }, 'the provider leaves: another connection is made');
        continue;
      }
      const ms = retryDelay(waits.retry, failures, random());
      log.warn({ why, ms }, 'not connected to the provider; tried again');
      become({ state: 'down', lastError: why, nextTryAt: new Date(Date.now() + ms).toISOString() });
      await pause(ms, stopped.signal);
    }
  }

  const kept = keep();
  return {
    state: () => ({ ...state, lastFrameAt }),
    refresh: (read) => (channel = read),
    async close() {
      stopped.abort();
      await Promise.all([...lines].map((line) => line.close()));
      await kept;
    },
  };
}
