import type { Trx } from '../db/database.ts';
import { newId } from '../ids.ts';

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
