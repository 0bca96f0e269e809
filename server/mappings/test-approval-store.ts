import type { Db, Trx } from '../db/database.ts';
import type { Intent } from '../db/tables.ts';
import { newId } from '../ids.ts';

/** The create call of a test that is about to leave. */
export interface LeavingTest {
  readonly id: string;
  readonly channelId: string;
  readonly mappingId: string;
  readonly intent: Intent;
  readonly hash: Buffer;
}

/** Writes it down, or what it carries now: a run that was told that its token is bad runs once more. */
export async function noteTestCreate(
  db: Db,
  { id, channelId, mappingId, intent, hash }: LeavingTest,
): Promise<void> {
  await db('approvals')
    .insert({
      id,
      channel_id: channelId,
      mapping_id: mappingId,
      opening: 'sending',
      intent: JSON.stringify(intent) as never,
      intent_hash: hash,
      intent_at: db.fn.now() as unknown as Date,
    })
    .onConflict('id')
    .merge(['intent', 'intent_hash', 'intent_at']);
}

/**
 * Ends what `noteTestCreate` began. Nothing of it is left when its end is known; what may stand at the provider stays, under the
 * execution of the test, so that no task takes that approval for its own.
 */
export async function endTestCreate(
  trx: Trx,
  id: string,
  { isLost, executionId }: { readonly isLost: boolean; readonly executionId: string },
): Promise<void> {
  const noted = trx('approvals').where({ id, opening: 'sending' });
  await (isLost ? noted.update({ test_execution_id: executionId }) : noted.delete());
}

/** What a test create opened at the provider. */
export interface TestApproval {
  readonly channelId: string;
  readonly mappingId: string;
  readonly executionId: string;
  readonly approvalInstanceId: string;
}

/** Why a test's event changes nothing; events/process.ts says the same of those that come later. */
const OF_A_TEST = 'of an approval that a test opened';

/**
 * Records that an instance belongs to a test, so that its events are known as a test's and touch no task. Events of it that came
 * before are given to it.
 * @returns false when the instance belongs to another approval already: a script that answers an old one opened nothing
 */
export async function insertTestApproval(trx: Trx, opened: TestApproval): Promise<boolean> {
  const { channelId, mappingId, executionId, approvalInstanceId } = opened;
  const [row] = await trx('approvals')
    .insert({
      id: newId(),
      channel_id: channelId,
      mapping_id: mappingId,
      opening: 'linked',
      approval_instance_id: approvalInstanceId,
      linked_at: trx.fn.now() as unknown as Date,
      status: 'pending',
      test_execution_id: executionId,
    })
    .onConflict(trx.raw('(channel_id, approval_instance_id) where approval_instance_id is not null') as never)
    .ignore()
    .returning('id');
  if (row === undefined) return false;
  await trx('events')
    .where({ channel_id: channelId, approval_instance_id: approvalInstanceId, outcome: 'waiting' })
    .update({
      approval_id: row.id,
      outcome: 'unchanged',
      reason: OF_A_TEST,
      processed_at: trx.fn.now() as unknown as Date,
    });
  return true;
}
