import type { Channel } from '../channels/store.ts';
import type { Intent } from '../db/tables.ts';
import { placeOf } from '../mappings/intent.ts';

/** Why nothing can be searched for, however often. */
export type Unsearchable = 'unreadable' | 'moved';

/** @returns undefined when an intent can be searched for through the channel as it is now */
export function whyUnsearchable(
  intent: Pick<Intent, 'unreadable' | 'place'>,
  channel: Pick<Channel, 'type' | 'stage'>,
): Unsearchable | undefined {
  if (intent.unreadable === true) return 'unreadable';
  return intent.place === placeOf(channel) ? undefined : 'moved';
}
