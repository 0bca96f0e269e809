import { VARIABLE_NAMES } from '../contract/variables.ts';
import type { TaskRow } from '../db/tables.ts';
import type { Submission } from './submission.ts';

/**
 * How a repeated submission differs from the stored task. APPROVAL_CODE counts only when it was given: the hub fills it in from the binding,
 * which may have changed since.
 * @returns paths as in the request: `taskType`, `variables.REASON`; empty when it is the same task
 */
export function differences(
  row: Pick<TaskRow, 'task_type' | 'task_subtype' | 'variables'>,
  { taskType, taskSubtype, variables }: Pick<Submission, 'taskType' | 'taskSubtype' | 'variables'>,
): string[] {
  const differing = VARIABLE_NAMES.filter((name) => {
    if (name === 'APPROVAL_CODE' && variables[name] === '') return false;
    // They repeat type and subtype.
    if (name === 'TASK_TYPE' || name === 'TASK_SUBTYPE') return false;
    return (row.variables[name] ?? '') !== variables[name];
  });
  return [
    ...(row.task_type === taskType ? [] : ['taskType']),
    ...(row.task_subtype === taskSubtype ? [] : ['taskSubtype']),
    ...differing.map((name) => `variables.${name}`),
  ];
}
