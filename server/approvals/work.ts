import type { Channel } from '../channels/store.ts';
import type { Variables } from '../contract/variables.ts';
import type { ApprovalRow, TaskRow } from '../db/tables.ts';
import type { CallContext, Scripts } from '../executions/scripts.ts';
import { loadScripts } from '../mappings/scripts.ts';
import { THE_HUB } from './deps.ts';
import type { ApprovalDeps } from './deps.ts';
import { findSubject } from './store.ts';
import type { Subject } from './store.ts';

/** An approval with everything that its stages are run with. */
export interface Work extends Subject {
  readonly channel: Channel;
  /** Of the version that opens, or opened, the approval. */
  readonly scripts: Scripts;
}

/** Reads an approval of a task with its channel and scripts; undefined when there is nothing to work on. */
export async function loadWork(
  deps: Pick<ApprovalDeps, 'knex' | 'channels'>,
  approvalId: string,
): Promise<Work | undefined> {
  const subject = await findSubject(deps.knex, approvalId);
  return subject === undefined ? undefined : workOf(deps, subject);
}

/** The same for an approval that was read already. */
export async function workOf(
  { knex, channels }: Pick<ApprovalDeps, 'knex' | 'channels'>,
  { task, approval }: Subject,
): Promise<Work | undefined> {
  const channel = await channels.find(knex, approval.channel_id);
  if (channel === undefined || approval.version === null) return undefined;
  const scripts = await loadScripts(knex, approval.mapping_id, approval.version);
  return { task, approval, channel, scripts };
}

/** The task's variables as a stage of a version sees them: its definition is the one that is meant, whatever was bound when the task came. */
export const variablesOf = (task: Pick<TaskRow, 'variables'>, scripts: Scripts): Variables =>
  ({ ...task.variables, APPROVAL_CODE: scripts.approvalDefinitionId }) as Variables;

/** For the record of executions. */
export const contextOf = (
  task: Pick<TaskRow, 'id'>,
  approval: Pick<ApprovalRow, 'id'>,
  more: Partial<CallContext> = {},
): CallContext => ({ kind: 'live', runBy: THE_HUB, taskId: task.id, approvalId: approval.id, ...more });
