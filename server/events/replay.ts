import { recordAudit } from '../audit/record.ts';
import type { Db } from '../db/database.ts';
import { AppError, notFound } from '../errors.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { lockForReplay, reopen } from './store.ts';

/**
 * Has an event worked on again, from its stored payload; it waits until that is done.
 * @param id the event's
 * @throws AppError NOT_FOUND; CONFLICT for an event that no callback stage would run for
 */
export async function replayEvent(
  { knex, queue }: { knex: Db; queue: JobQueue },
  id: string,
  who: { readonly by: string; readonly requestId: string },
): Promise<void> {
  await knex.transaction(async (trx) => {
    const row = await lockForReplay(trx, id);
    if (row === undefined) throw notFound('event', id);
    if (row.outcome === 'foreign')
      throw new AppError(
        'CONFLICT',
        'This event is of an approval that is not ours; its payload was not kept, so there is nothing to replay.',
      );
    if (row.approval_instance_id === null)
      throw new AppError('CONFLICT', 'This event speaks of no approval, so no callback script runs for it.');
    if (row.isOfTest)
      throw new AppError(
        'CONFLICT',
        'This event is of an approval that a test opened; tests touch no task, so no callback script runs for it. Its payload can be given to a test of the callback stage.',
      );
    await reopen(trx, id, `replayed by ${who.by}`);
    await queue.enqueue(trx, 'process-event', { eventId: id });
    await recordAudit(trx, {
      ...who,
      action: 'replay',
      objectType: 'event',
      objectId: id,
      before: { outcome: row.outcome, reason: row.reason },
      after: { outcome: 'waiting' },
    });
  });
}
