/** PostgreSQL's code for a row that refers to one which is not there. */
const FOREIGN_KEY_VIOLATION = '23503';

/** Whether the database refused a row because what it refers to is gone: somebody deleted that at the same moment. */
export const isGoneMeanwhile = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION;
