import type { ResolvedBinding } from '../bindings/resolve.ts';
import { AppError } from '../errors.ts';
import type { Submission } from './submission.ts';

/** 409: no mapping is bound to the task type; says how to bind one. */
export function noBinding({ taskType, taskSubtype }: Pick<Submission, 'taskType' | 'taskSubtype'>): AppError {
  const kind = taskSubtype === null ? `"${taskType}"` : `"${taskType}" / "${taskSubtype}"`;
  const body = JSON.stringify({ taskType, mappingId: '…' });
  return new AppError(
    'NO_BINDING',
    `No mapping is bound to the task type ${kind}. Bind one: PUT /api/v1/bindings ${body}, with the id of a published mapping.`,
  );
}

/** 409: the bound mapping has no published version; says how to publish one. */
export const notPublished = ({ mappingId, mappingName }: ResolvedBinding): AppError =>
  new AppError(
    'NOT_PUBLISHED',
    `The mapping "${mappingName}" is bound to this task type but was never published: POST /api/v1/mappings/${mappingId}/publish.`,
  );

/** 409: the taskId is taken by a task with other contents. @param differing paths as in the request */
export function taskDiffers(taskId: string, differing: readonly string[]): AppError {
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

/** 409: the task existed when it was to be inserted, and was deleted before it could be read. */
export const beingDeleted = (taskId: string): AppError =>
  new AppError('CONFLICT', `The task "${taskId}" was being deleted: submit it again.`);
