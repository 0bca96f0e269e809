import { STATUS_CODES } from 'node:http';
import { isGoneMeanwhile } from '../db/violations.ts';
import { AppError } from '../errors.ts';
import type { Problem } from '../contract/problem.ts';

/** What became of something thrown. */
export interface Refusal {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** True: nobody's mistake but ours, to be looked at. */
  readonly isFault: boolean;
}

/** How long a caller should wait for a database that is away, in seconds. */
const DATABASE_RETRY_AFTER = 5;

/**
 * Turns whatever was thrown into what the caller is told (RFC 9457). Only AppErrors say what happened; of everything else the
 * caller learns nothing but that it was our fault.
 * @param isUnavailable tells errors that only mean "not now" (the database is away)
 */
export function refusalOf(
  thrown: unknown,
  requestId: string,
  isUnavailable: (error: unknown) => boolean,
): Refusal {
  const isKnown = thrown instanceof AppError;
  const error = isKnown ? thrown : translated(thrown, isUnavailable);
  return {
    problem: {
      ...error.more,
      type: 'about:blank',
      title: STATUS_CODES[error.status] ?? 'Error',
      status: error.status,
      detail: error.message,
      code: error.code,
      ...(error.errors.length > 0 && { errors: [...error.errors] }),
      requestId,
    },
    headers: {
      ...(error.retryAfter !== undefined && { 'retry-after': String(Math.ceil(error.retryAfter)) }),
      ...(error.status === 401 && { 'www-authenticate': 'Bearer' }),
    },
    isFault: error.code === 'INTERNAL',
  };
}

function translated(thrown: unknown, isUnavailable: (error: unknown) => boolean): AppError {
  if (isUnavailable(thrown))
    return new AppError('UNAVAILABLE', 'The database cannot be reached. Try again in a moment.', {
      cause: thrown,
      retryAfter: DATABASE_RETRY_AFTER,
    });
  if (isGoneMeanwhile(thrown))
    return new AppError('CONFLICT', 'What this is about was deleted at this very moment. Look again.', {
      cause: thrown,
    });
  return new AppError('INTERNAL', 'Something went wrong on our side. The log has it under this requestId.', {
    cause: thrown,
  });
}
