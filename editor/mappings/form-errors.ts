import { ApiError } from '../api/api-error.ts';

/** What the hub says of a field that was sent; undefined when it is not what is wrong. */
export const errorOf = (error: unknown, path: string): string | undefined =>
  error instanceof ApiError ? error.errors.find((each) => each.path === path)?.message : undefined;

/** Whether something is wrong that no field of these shows. */
export const isBeside = (error: unknown, paths: readonly string[]): boolean =>
  error !== null && error !== undefined && paths.every((path) => errorOf(error, path) === undefined);
