import { observeStatus } from '../approvals/observe.ts';
import { resolveBindings } from '../bindings/resolve.ts';
import type { ResolvedBinding } from '../bindings/resolve.ts';
import type { SubmitTask, TaskStatus } from '../contract/task.ts';
import { completeVariables } from '../contract/variables.ts';
import type { VariableName } from '../contract/variables.ts';
import { isDatabaseAway } from '../db/away.ts';
import { createBatch } from '../db/batch.ts';
import type { Db, Trx } from '../db/database.ts';
import { AppError, invalid } from '../errors.ts';
import { newId } from '../ids.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Observer } from '../metrics.ts';
import { differences } from './same.ts';
import { findTasks, insertTasks } from './store.ts';
import type { NewTask } from './store.ts';

/** A task as it was handed in, its variables completed. */
export interface Submission {
  readonly taskId: string;
  readonly taskType: string;
  readonly taskSubtype: string | null;
  readonly variables: Readonly<Record<VariableName, string>>;
  readonly by: string;
}

export interface Submitted {
  readonly status: TaskStatus;
  /** False: it was handed in before, with the same contents. */
  readonly isNew: boolean;
}

export interface SubmitDeps {
  readonly knex: Db;
  readonly queue: JobQueue;
  readonly observe: Observer;
}

/** Accepts tasks: what is acknowledged has its approval and its job in the same transaction. */
export interface Submit {
  /**
   * @param by who submits, for people
   * @throws AppError INVALID_INPUT for variables that contradict the task, NO_BINDING, NOT_PUBLISHED, TASK_DIFFERS
   */
  (given: SubmitTask, by: string): Promise<Submitted>;
}

/** Submissions that come together share a transaction: each costs a share of a commit. */
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

/** The variables that the task itself fills; a caller may repeat them, not contradict them. */
function readSubmission(given: SubmitTask, by: string): Submission {
  const { taskId, taskType, taskSubtype = null, variables } = given;
  const own = { TASK_ID: taskId, TASK_TYPE: taskType, TASK_SUBTYPE: taskSubtype ?? '' };
  for (const [name, value] of Object.entries(own)) {
    const said = variables[name as VariableName] ?? '';
    if (said !== '' && said !== value)
      throw invalid(
        `variables.${name}`,
        `must be left out or equal ${JSON.stringify(value)}, which the task says itself.`,
      );
  }
  return { taskId, taskType, taskSubtype, by, variables: completeVariables({ ...variables, ...own }) };
}

/** Answers one result for each; a refusal is a result, so that it does not undo its neighbours. */
async function acceptAll(deps: SubmitDeps, batch: readonly Submission[]): Promise<(Submitted | AppError)[]> {
  return deps.knex.transaction(async (trx) => {
    const bindings = await resolveBindings(trx, batch);
    const planned = batch.map((submission, index) => plan(submission, bindings[index]));
    const inserted = await insertAll(
      trx,
      deps,
      planned.filter((each): each is NewTask => !(each instanceof AppError)),
    );
    // A taskId that is known already is asked about before what has become of its binding.
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
      if (row === undefined) return each instanceof AppError ? each : gone(submission.taskId);
      const differing = differences(row, submission);
      return differing.length === 0
        ? { status: row.status, isNew: false }
        : differs(submission.taskId, differing);
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
  // A paused channel's jobs end at once, and come again when it goes on.
  if (fresh.length > 0)
    await queue.enqueueAll(
      trx,
      'open-approval',
      fresh.map(({ approvalId }) => ({ approvalId })),
    );
  for (let count = 0; count < fresh.length; count += 1) observeStatus(trx, observe, 'submitted');
  return inserted;
}

/** How to bind, with the words to send. */
export function noBinding({ taskType, taskSubtype }: Pick<Submission, 'taskType' | 'taskSubtype'>): AppError {
  const kind = taskSubtype === null ? `"${taskType}"` : `"${taskType}" / "${taskSubtype}"`;
  const body = JSON.stringify({ taskType, mappingId: '…' });
  return new AppError(
    'NO_BINDING',
    `No mapping is bound to the task type ${kind}. Bind one: PUT /api/v1/bindings ${body}, with the id of a published mapping.`,
  );
}

export const notPublished = ({ mappingId, mappingName }: ResolvedBinding): AppError =>
  new AppError(
    'NOT_PUBLISHED',
    `The mapping "${mappingName}" is bound to this task type but was never published: POST /api/v1/mappings/${mappingId}/publish.`,
  );

function differs(taskId: string, differing: readonly string[]): AppError {
  const errors = differing.map((path) => ({
    path,
    message: 'differs from the task that was submitted under this id.',
  }));
  const what = differing.join(', ');
  return new AppError(
    'TASK_DIFFERS',
    `There is a task "${taskId}" already, with another ${what}. Submit it unchanged, or under a new taskId.`,
    { errors },
  );
}

/** It was there when it was to be inserted, and deleted before it could be read. */
const gone = (taskId: string): AppError =>
  new AppError('CONFLICT', `The task "${taskId}" was being deleted: submit it again.`);
