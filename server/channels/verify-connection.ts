import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelConnection } from '../contract/channel.ts';
import type { Channel } from './channel.ts';
import type { Step } from './verify.ts';

/** What is needed to look at a channel's connection. */
export interface ConnectionLook {
  /** How it stands in this process; null where none is to be held. */
  readonly connectionOf: (channelId: string) => ChannelConnection | null;
}

/** A channel that was just saved is being connected: that is waited for so long. */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/** Whether events can arrive over the connection that the hub holds: since when it stands, or why not. */
export async function connectionStep({ connectionOf }: ConnectionLook, channel: Channel): Promise<Step> {
  const told = (ok: boolean, detail: string): Step => ({ name: 'connection', ok, detail });
  if (channel.paused)
    return told(false, 'The channel is paused, and its connection closed: resume it to have events come.');
  const connection = await settled(() => connectionOf(channel.id));
  switch (connection?.state) {
    case 'connected': {
      const last = channel.lastCallbackAt;
      const events = last === null ? 'no event has come yet' : `the last event came at ${last.toISOString()}`;
      return told(
        true,
        `The connection stands since ${connection.since}; ${events}. Which events come is chosen at the provider.`,
      );
    }
    case 'down':
      return told(
        false,
        `The connection does not stand: ${connection.lastError ?? ''} It is tried again at ${connection.nextTryAt ?? ''}.`,
      );
    case 'connecting':
    case undefined:
      return told(
        false,
        'The connection is still being made: this server must be able to reach the provider. Verify again in a moment.',
      );
  }
}

async function settled(look: () => ChannelConnection | null): Promise<ChannelConnection | null> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    const isSettled = found !== null && found.state !== 'connecting';
    if (isSettled || performance.now() > until) return found;
    await delay(LOOK_AGAIN_MS);
  }
}
