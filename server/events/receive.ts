import { tryLockInstances } from '../approvals/store.ts';
import type { Instance } from '../approvals/store.ts';
import type { RawPush } from '../contract/event.ts';
import type { Channel } from '../channels/channel.ts';
import { isDatabaseAway } from '../db/away.ts';
import { createBatch } from '../db/batch.ts';
import type { Db } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { definitionIdOf, eventKeyOf, eventTypeOf, instanceIdOf } from '../providers/read-event.ts';
import { storable, storableText } from '../executions/storable.ts';
import { claimKeys, insertEvents, noteCallbacks, whichAreOurs } from './store.ts';
import type { NewEvent } from './store.ts';

/** What storing came to. A `duplicate` was stored before; a `foreign` one is kept without its payload. */
export type Received = 'stored' | 'duplicate' | 'foreign';

/** A push that was verified and decrypted. */
export interface Push {
  readonly channel: Pick<Channel, 'id' | 'provider' | 'lastCallbackAt'>;
  readonly raw: RawPush;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Where verified events come to stay. */
export interface Inbox {
  /**
   * Stores an event once, with the job that works on it as soon as its approval is known. When this resolves, that is committed.
   * @throws AppError UNAVAILABLE when too many wait for the database already
   * @throws whatever the database throws; then nothing was stored
   */
  receive(push: Push): Promise<Received>;
}

/** An id of a provider's has at most 200 characters (contract/stage.ts); anything longer names none of ours. */
const LONGEST_ID = 200;
/** While the database hangs, pushes are refused rather than gathered without end. */
const MOST_UNDER_WAY = 2_000;

/** Makes the inbox. Pushes that come together share transactions, so that a burst of 500 is a handful of commits. */
export function createInbox({ knex, queue }: { knex: Db; queue: JobQueue }): Inbox {
  const store = createBatch((events: readonly NewEvent[]) => storeAll(knex, queue, events), {
    concernsAll: isDatabaseAway,
  });
  let underWay = 0;
  return {
    async receive(push) {
      if (underWay >= MOST_UNDER_WAY)
        throw new AppError('UNAVAILABLE', 'Too many events wait for the database.', { retryAfter: 10 });
      underWay += 1;
      try {
        return await store(newEvent(push));
      } finally {
        underWay -= 1;
      }
    },
  };
}

function newEvent({ channel, raw, event }: Push): NewEvent {
  const idOrNull = (text: string): string | null =>
    text === '' || text.length > LONGEST_ID ? null : storableText(text);
  return {
    id: newId(),
    channelId: channel.id,
    key: eventKeyOf(channel.provider, event),
    isFirstInAWhile: isLongAgo(channel.lastCallbackAt),
    type: storableText(eventTypeOf(channel.provider, event).slice(0, LONGEST_ID)),
    definitionId: idOrNull(definitionIdOf(channel.provider, event)),
    approvalInstanceId: idOrNull(instanceIdOf(channel.provider, event)),
    raw: storable(raw),
    payload: storable(event),
  };
}

/** Saves most pushes a statement. The clocks of host and database may differ, so the future is long ago too. */
const isLongAgo = (at: Date | null): boolean => at === null || Math.abs(Date.now() - at.getTime()) > 60_000;

const instanceOf = ({ channelId, approvalInstanceId }: NewEvent): Instance => ({
  channelId,
  approvalInstanceId: approvalInstanceId ?? '',
});

/** Keys, rows and jobs in one transaction: an event that was acknowledged is worked on, whatever happens next. */
function storeAll(knex: Db, queue: JobQueue, events: readonly NewEvent[]): Promise<Received[]> {
  return knex.transaction(async (trx) => {
    const fresh = await claimKeys(trx, events);
    const news = events.filter(({ id }) => fresh.has(id));
    // An event without a definition cannot be told from ours (older envelopes lack it, protocols/dingtalk.md §8).
    const ours = await whichAreOurs(
      trx,
      news.filter(({ definitionId }) => definitionId !== null),
    );
    const isForeign = ({ id, definitionId }: NewEvent): boolean => definitionId !== null && !ours.has(id);
    const isOfApproval = (event: NewEvent): boolean => !isForeign(event) && event.approvalInstanceId !== null;
    const ofApprovals = news.filter(isOfApproval);
    const turns = await tryLockInstances(trx, ofApprovals.map(instanceOf));
    const known = await insertEvents(
      trx,
      news.map((event) => {
        if (isForeign(event))
          return { event, outcome: 'foreign', reason: 'no mapping of the channel has this definition' };
        if (!isOfApproval(event)) return { event, outcome: 'unchanged', reason: 'speaks of no approval' };
        return { event, outcome: 'waiting', reason: null };
      }),
    );
    // The others, most of what comes while a create call is answered, are woken by their link; where that is just being made, it may
    // have looked for them before.
    const toWorkOn = ofApprovals.filter(({ id }, n) => known.has(id) || turns[n] !== true);
    await queue.enqueueAll(
      trx,
      'process-event',
      toWorkOn.map(({ id }) => ({ eventId: id })),
    );
    await noteCallbacks(
      trx,
      events.filter(({ isFirstInAWhile }) => isFirstInAWhile).map(({ channelId }) => channelId),
    );
    return events.map((event) => {
      if (!fresh.has(event.id)) return 'duplicate';
      return isForeign(event) ? 'foreign' : 'stored';
    });
  });
}
