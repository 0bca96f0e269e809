import type { Db } from '../db/database.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Waits } from '../waits.ts';
import { NEVER_KNOWN } from './process.ts';
import { expire, findStranded, linkKnown } from './store.ts';

/** Rows of one transaction, so that none is long. */
const MOST = 500;
/** So many ticks an event may take until its job counts as lost, and so often each process looks for such. */
const STRANDED_TICKS = 40;

/**
 * Makes the tick for events that wait for their instance, safe in any number of processes: those whose approval has become
 * known by another way than a link (a test's approval is written whole) are worked on, so are those whose job got lost with its
 * process, and those that waited too long become foreign.
 */
export function createEventSweep({
  knex,
  queue,
  waits,
}: {
  knex: Db;
  queue: JobQueue;
  waits: Pick<Waits, 'unknownInstance' | 'tick'>;
}): () => Promise<void> {
  let ticks = 0;

  return async () => {
    const isTimeForStranded = ticks % STRANDED_TICKS === 0;
    ticks += 1;
    await knex.transaction(async (trx) => {
      const ids = await linkKnown(trx, MOST);
      // Twice in the queue does no harm: an event counts once.
      if (isTimeForStranded) ids.push(...(await findStranded(trx, STRANDED_TICKS * waits.tick, MOST)));
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
