import type { TaskTypeCatalogue, VariableCatalogue } from '../../server/contract/catalogue.ts';
import type { SubmitTask } from '../../server/contract/task.ts';

/** What the dialog for a sample task holds. */
export interface SampleTask {
  readonly taskId: string;
  readonly taskType: string;
  /** "" for none. */
  readonly taskSubtype: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What the task itself says; given again as variables they would have to be equal. */
const SAID_BY_THE_TASK = ['TASK_ID', 'TASK_TYPE', 'TASK_SUBTYPE'];

/** An id that no other task has, and that says what it is: `SAMPLE-1122-141503-4f`. */
export function sampleTaskId(now: Date, random: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = two(now.getMonth() + 1) + two(now.getDate());
  const time = two(now.getHours()) + two(now.getMinutes()) + two(now.getSeconds());
  const end = Math.floor(random * 256)
    .toString(16)
    .padStart(2, '0');
  return `SAMPLE-${day}-${time}-${end}`;
}

/** A first sample: the catalogue's first type with its first subtype, and every variable's sample. */
export function firstSample(
  taskTypes: TaskTypeCatalogue,
  catalogue: VariableCatalogue,
  taskId: string,
): SampleTask {
  const [type] = taskTypes;
  const variables = catalogue
    .filter(({ name }) => !SAID_BY_THE_TASK.includes(name))
    .map(({ name, sample }) => [name, sample] as const);
  return {
    taskId,
    taskType: type?.name ?? '',
    taskSubtype: type?.subtypes[0] ?? '',
    variables: Object.fromEntries(variables),
  };
}

/** What is sent: without the variables that were emptied, for an absent one is "" to the scripts as well. */
export const toSubmit = ({ taskId, taskType, taskSubtype, variables }: SampleTask): SubmitTask => ({
  taskId: taskId.trim(),
  taskType: taskType.trim(),
  ...(taskSubtype.trim() !== '' && { taskSubtype: taskSubtype.trim() }),
  variables: Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')),
});
