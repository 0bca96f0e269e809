import type { ShownChannel } from '../../server/contract/channel.ts';

/** How much to worry: nothing, look at it when there is time, something does not work. */
export type Mood = 'good' | 'quiet' | 'warning' | 'bad';

/** A channel at a glance. */
export interface Health {
  readonly token: Mood;
  readonly callbacks: Mood;
  readonly budget: Mood;
  readonly error: Mood;
  /** The worst of them; a paused channel is a matter of its own. */
  readonly worst: Mood;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The rest of a month's calls is little from here on. */
const MUCH_USED = 0.8;

/** What share of the month's calls is used, 0 to 1; a channel without any has used them up. */
export const usedShare = ({ limit, used }: ShownChannel['budget']): number =>
  limit === 0 ? 1 : Math.min(1, used / limit);

/** Whether the settings have what pushes are verified with. */
export const takesCallbacks = (channel: ShownChannel): boolean =>
  channel.callbackType === 'webhook' &&
  [channel.aesKey, channel.token, channel.encryptKey, channel.verificationToken].some((key) => key !== '');

/**
 * Judges a channel by what the API tells of it.
 * @param now epoch milliseconds
 */
export function healthOf(channel: ShownChannel, now: number): Health {
  const share = usedShare(channel.budget);
  const errorAge = channel.lastError === null ? Infinity : now - Date.parse(channel.lastError.at);
  const moods = {
    token: channel.accessTokenUntil === null ? 'quiet' : 'good',
    callbacks: callbackMood(channel),
    budget: share >= 1 ? 'bad' : share >= MUCH_USED ? 'warning' : 'good',
    error:
      errorAge < HOUR_MS ? 'bad' : errorAge < DAY_MS ? 'warning' : errorAge < Infinity ? 'quiet' : 'good',
  } as const satisfies Omit<Health, 'worst'>;
  const worst = (['bad', 'warning', 'quiet'] as const).find((mood) => Object.values(moods).includes(mood));
  return { ...moods, worst: worst ?? 'good' };
}

function callbackMood(channel: ShownChannel): Mood {
  if (channel.callbackType === 'persistent') return connectionMood(channel);
  if (!takesCallbacks(channel)) return 'warning';
  return channel.lastCallbackAt === null ? 'quiet' : 'good';
}

function connectionMood(channel: ShownChannel): Mood {
  if (isCutOff(channel)) return 'bad';
  return channel.connection?.state === 'connected' && channel.lastCallbackAt !== null ? 'good' : 'quiet';
}

/** Whether a connection that should stand does not, tries between two pauses included. */
export const isCutOff = ({ connection }: Pick<ShownChannel, 'connection'>): boolean =>
  connection !== null && connection.state !== 'connected' && connection.lastError !== null;
