import { observeStatus } from '../approvals/observe.ts';
import { resolveBindings } from '../bindings/resolve.ts';
import type { ResolvedBinding } from '../bindings/resolve.ts';
import type { SubmitTask, TaskStatus } from '../contract/task.ts';
import { isDatabaseAway } from '../db/away.ts';
import { createBatch } from '../db/batch.ts';
import type { Db, Trx } from '../db/database.ts';
import { AppError, invalid } from '../errors.ts';
import { newId } from '../ids.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Observer } from '../metrics.ts';
import { differences } from './differences.ts';
import { beingDeleted, noBinding, notPublished, taskDiffers } from './refusals.ts';
import { findTasks, insertTasks } from './store.ts';
import type { NewTask } from './store.ts';
import { readSubmission } from './submission.ts';
import type { Submission } from './submission.ts';

export interface Submitted {
  readonly status: TaskStatus;
  /** False: it was submitted before, with the same contents. */
  readonly isNew: boolean;
}

export interface SubmitDeps {
  readonly knex: Db;
  readonly queue: JobQueue;
  readonly observe: Observer;
}

/** Accepts tasks: an acknowledged task has its approval and its job in the same transaction. */
export interface Submit {
  /**
   * @param by who submits, for people
   * @throws AppError INVALID_INPUT for variables that contradict the task, NO_BINDING, NOT_PUBLISHED, TASK_DIFFERS
   */
  (given: SubmitTask, by: string): Promise<Submitted>;
}

/** Creates the service. Submissions that arrive together share a transaction, since the commit is the expensive part. */
export function createSubmit(deps: SubmitDeps): Submit {
  const accept = createBatch((batch: readonly Submission[]) => acceptAll(deps, batch), {
    concernsAll: isDatabaseAway,
  });
  return async (given, by) => {
    const result = await accept(readSubmission(given, by));
    if (result instanceof AppError) throw result;
    return result;
  };
}

/** Returns one result for each; a refusal is a result, so that it does not roll the others back. */
async function acceptAll(deps: SubmitDeps, batch: readonly Submission[]): Promise<(Submitted | AppError)[]> {
  return deps.knex.transaction(async (trx) => {
    const bindings = await resolveBindings(trx, batch);
    const planned = batch.map((submission, index) => plan(submission, bindings[index]));
    const inserted = await insertAll(
      trx,
      deps,
      planned.filter((each): each is NewTask => !(each instanceof AppError)),
    );
    // A known taskId is answered with its task, whatever has become of its binding.
    const others = batch.filter((_, index) => !isIn(inserted, planned[index]));
    const rows = await findTasks(
      trx,
      others.map(({ taskId }) => taskId),
    );
    const known = new Map(rows.map((row) => [row.task_id, row]));
    return planned.map((each, index): Submitted | AppError => {
      if (isIn(inserted, each)) return { status: 'submitted', isNew: true };
      const submission = batch[index] as Submission;
      const row = known.get(submission.taskId);
      if (row === undefined) return each instanceof AppError ? each : beingDeleted(submission.taskId);
      const differing = differences(row, submission);
      return differing.length === 0
        ? { status: row.status, isNew: false }
        : taskDiffers(submission.taskId, differing);
    });
  });
}

const isIn = (inserted: ReadonlySet<string>, planned: NewTask | AppError | undefined): boolean =>
  planned !== undefined && !(planned instanceof AppError) && inserted.has(planned.id);

function plan(submission: Submission, binding: ResolvedBinding | undefined): NewTask | AppError {
  const { taskId, taskType, taskSubtype, variables, by } = submission;
  if (binding === undefined) return noBinding(submission);
  const { publishedVersion: version, approvalDefinitionId, mappingId, channelId } = binding;
  if (version === null || approvalDefinitionId === null) return notPublished(binding);
  const said = variables.APPROVAL_CODE;
  if (said !== '' && said !== approvalDefinitionId)
    return invalid(
      'variables.APPROVAL_CODE',
      `must be left out or equal "${approvalDefinitionId}", the definition of the mapping.`,
    );
  return {
    ...{ id: newId(), approvalId: newId(), lineId: newId(), taskId, taskType, taskSubtype, submittedBy: by },
    variables: { ...variables, APPROVAL_CODE: approvalDefinitionId },
    opener: { channelId, mappingId, version },
  };
}

async function insertAll(
  trx: Trx,
  { queue, observe }: SubmitDeps,
  tasks: readonly NewTask[],
): Promise<Set<string>> {
  const inserted = await insertTasks(trx, tasks);
  const fresh = tasks.filter(({ id }) => inserted.has(id));
  // Jobs of a paused channel end at once, and are enqueued again when it is resumed.
  if (fresh.length > 0)
    await queue.enqueueAll(
      trx,
      'open-approval',
      fresh.map(({ approvalId }) => ({ approvalId })),
    );
  for (let count = 0; count < fresh.length; count += 1) observeStatus(trx, observe, 'submitted');
  return inserted;
}
