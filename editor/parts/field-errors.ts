import { ApiError } from '../api/api-error.ts';

/** What the hub says of a field that was sent; undefined when it is not what is wrong. */
export const errorOf = (error: unknown, path: string): string | undefined =>
  error instanceof ApiError ? error.errors.find((each) => each.path === path)?.message : undefined;

/** Whether something is wrong that no field of these shows. */
export function isBeside(error: unknown, paths: readonly string[]): boolean {
  const errors = error instanceof ApiError ? error.errors : [];
  const isTold = errors.length > 0 && errors.every(({ path }) => paths.includes(path));
  return error !== null && error !== undefined && !isTold;
}
