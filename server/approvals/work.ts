import type { Channel } from '../channels/store.ts';
import type { Variables } from '../contract/variables.ts';
import { joinedRow } from '../db/joined-row.ts';
import type { ApprovalRow, ChannelRow, MappingRow, MappingVersionRow, TaskRow } from '../db/tables.ts';
import type { CallContext, Scripts } from '../executions/scripts.ts';
import { THE_HUB } from './deps.ts';
import type { ApprovalDeps } from './deps.ts';
import type { Subject } from './store.ts';

/** An approval with everything that its stages are run with. */
export interface Work extends Subject {
  readonly channel: Channel;
  /** Of the version that opens, or opened, the approval. */
  readonly scripts: Scripts;
  /** Milliseconds until the hub's next own step for the approval; 0 or less: it is due. */
  readonly dueInMs: number;
}

/** What reading it needs. */
type WorkDeps = Pick<ApprovalDeps, 'knex' | 'channels' | 'versions'>;

/** An approval that the hub knows; `work` is set when it belongs to a task (not a test run) and to a published version. */
export interface KnownApproval {
  readonly approval: ApprovalRow;
  readonly work: Work | undefined;
}

/** Reads an approval of a task with its channel and scripts; undefined when there is nothing to work on. */
export async function loadWork(deps: WorkDeps, approvalId: string): Promise<Work | undefined> {
  return (await load(deps, 'a.id = ?', [approvalId]))?.work;
}

/** The same by the provider's instance id; undefined when no approval has it. */
export const loadByInstance = (
  deps: WorkDeps,
  channelId: string,
  approvalInstanceId: string,
): Promise<KnownApproval | undefined> =>
  load(deps, 'a.channel_id = ? and a.approval_instance_id = ?', [channelId, approvalInstanceId]);

/** In one statement, since every job begins with it. */
async function load(
  { knex, channels, versions }: WorkDeps,
  where: string,
  bindings: readonly string[],
): Promise<KnownApproval | undefined> {
  const parts = await joinedRow(
    knex,
    `select a.*, t.*, c.*, v.version, v.published_at, m.name, m.channel_id,
            coalesce(extract(epoch from a.next_sync_at - now()) * 1000, 0)::float8 as due_in_ms
       from approvals a
       join channels c on c.id = a.channel_id
       left join tasks t on t.id = a.task_id
       left join mapping_versions v on v.mapping_id = a.mapping_id and v.version = a.version
       left join mappings m on m.id = v.mapping_id
      where ${where}`,
    bindings,
  );
  if (parts === undefined) return undefined;
  const [approval, task, channel, version, mapping, due] = parts as unknown as JoinedParts;
  if (task === undefined || version === undefined || mapping === undefined)
    return { approval, work: undefined };
  const scripts = await versions.load(knex, {
    mappingId: approval.mapping_id,
    mappingName: mapping.name,
    channelId: mapping.channel_id,
    version: version.version,
    publishedAt: version.published_at,
  });
  const work = { task, approval, channel: channels.of(channel), scripts, dueInMs: due.due_in_ms };
  return { approval, work };
}

type JoinedParts = readonly [
  approval: ApprovalRow,
  task: TaskRow | undefined,
  channel: ChannelRow,
  version: Pick<MappingVersionRow, 'version' | 'published_at'> | undefined,
  mapping: Pick<MappingRow, 'name' | 'channel_id'> | undefined,
  due: { readonly due_in_ms: number },
];

/** The task's variables for a stage of a version, with that version's APPROVAL_CODE, whatever was bound when the task was submitted. */
export const variablesOf = (task: Pick<TaskRow, 'variables'>, scripts: Scripts): Variables =>
  ({ ...task.variables, APPROVAL_CODE: scripts.approvalDefinitionId }) as Variables;

/** For the record of executions. */
export const contextOf = (
  task: Pick<TaskRow, 'id'>,
  approval: Pick<ApprovalRow, 'id'>,
  more: Partial<CallContext> = {},
): CallContext => ({ kind: 'live', runBy: THE_HUB, taskId: task.id, approvalId: approval.id, ...more });
