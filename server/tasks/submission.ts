import type { SubmitTask } from '../contract/task.ts';
import { completeVariables } from '../contract/variables.ts';
import type { VariableName } from '../contract/variables.ts';
import { invalid } from '../errors.ts';

/** A task as it was submitted, its variables completed. */
export interface Submission {
  readonly taskId: string;
  readonly taskType: string;
  readonly taskSubtype: string | null;
  readonly variables: Readonly<Record<VariableName, string>>;
  readonly by: string;
}

/**
 * Reads a request. TASK_ID, TASK_TYPE and TASK_SUBTYPE follow from the task; a caller may repeat but not contradict them.
 * @param by who submits, for people
 * @throws AppError INVALID_INPUT
 */
export function readSubmission(given: SubmitTask, by: string): Submission {
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
