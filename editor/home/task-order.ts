import type { TaskStatus } from '../../server/contract/task.ts';

/** The statuses in the order of a task's life. */
export const TASK_ORDER = [
  'submitted',
  'pending',
  'approved',
  'rejected',
  'revoked',
  'failed',
] as const satisfies readonly TaskStatus[];
