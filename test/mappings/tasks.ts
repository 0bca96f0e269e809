import type { Db } from '../../server/db/database.ts';
import { newId } from '../../server/ids.ts';

/**
 * A task whose approval is open at the provider.
 * @returns decides it, or takes it away with its approval
 */
export async function insertTask(
  knex: Db,
  { mappingId, channelId, version }: { mappingId: string; channelId: string; version: number },
): Promise<(becomes: 'approved' | 'gone') => Promise<void>> {
  const id = newId();
  await knex('tasks').insert({
    ...{ id, task_id: `T-${id}`, task_type: 'SQL task', task_subtype: null, status: 'pending' },
    ...{ variables: {}, submitted_by: 'a test' },
  });
  await knex('approvals').insert({
    ...{ id: newId(), task_id: id, channel_id: channelId, mapping_id: mappingId, version },
    ...{ opening: 'linked', approval_instance_id: newId(), status: 'pending' },
  });
  return async (becomes) => {
    if (becomes === 'gone') await knex('tasks').where({ id }).delete();
    else await knex('tasks').where({ id }).update({ status: 'approved' });
  };
}
