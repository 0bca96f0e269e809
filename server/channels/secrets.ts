import { z } from 'zod';
import { CHANNEL_SECRETS } from '../contract/channel.ts';
import type { ChannelSecret } from '../contract/channel.ts';
import { recordOf } from '../contract/record.ts';
import type { Sealer } from '../secrets/seal.ts';

/** A channel's secrets in clear; "" where it has none. */
export type ChannelSecrets = Readonly<Record<ChannelSecret, string>>;

// A channel that was sealed before a secret was thought of has none.
const stored = z.object(recordOf(CHANNEL_SECRETS, () => z.string().default('')));

/** What a sealed text of a channel is bound to (secrets/seal.ts). */
const secretsOf = (channelId: string): string => `channel:${channelId}:secrets`;

/** Encrypts a channel's secrets for its row. */
export const sealSecrets = (sealer: Sealer, channelId: string, secrets: ChannelSecrets): string =>
  sealer.seal(JSON.stringify(secrets), secretsOf(channelId));

/**
 * Decrypts the secrets of a channel's row.
 * @throws UnsealError when no key at hand opens them
 */
export const openSecrets = (sealer: Sealer, channelId: string, sealed: string): ChannelSecrets =>
  stored.parse(JSON.parse(sealer.open(sealed, secretsOf(channelId))));

const DOTS = '••••';

/** A secret as it is shown: dots and its last two characters, so that a person can tell which one it is; "" when unset. */
export function maskedSecret(secret: string): string {
  if (secret === '') return '';
  // Of a secret this short two characters would be all of it, or nearly. Secrets are letters and digits, so no character is halved.
  return secret.length < 4 ? DOTS : `${DOTS}${secret.slice(-2)}`;
}

/** Whether a text is a secret as it is shown, not one that a person typed. */
export const isMasked = (text: string): boolean => text.startsWith(DOTS);
