import type { Db } from '../db/database.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Waits } from '../waits.ts';
import { NEVER_KNOWN } from './process.ts';
import { expire, linkKnown } from './store.ts';

/** Rows of one transaction, so that none is long. */
const MOST = 500;

/**
 * Makes the tick for events that wait for their instance, safe in any number of processes: those whose approval has become
 * known by another way than a link (a test's approval is written whole) are worked on, those that waited too long become foreign.
 */
export function createEventSweep({
  knex,
  queue,
  waits,
}: {
  knex: Db;
  queue: JobQueue;
  waits: Pick<Waits, 'unknownInstance'>;
}): () => Promise<void> {
  return async () => {
    await knex.transaction(async (trx) => {
      const ids = await linkKnown(trx, MOST);
      if (ids.length > 0)
        await queue.enqueueAll(
          trx,
          'process-event',
          ids.map((eventId) => ({ eventId })),
        );
    });
    await knex.transaction((trx) => expire(trx, waits.unknownInstance, MOST, NEVER_KNOWN));
  };
}
