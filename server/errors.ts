/** Every code an API answer may carry, and its HTTP status (docs/http-api.md). */
const STATUS = {
  BAD_REQUEST: 400,
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  CSRF_REFUSED: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  IN_USE: 409,
  NO_BINDING: 409,
  TASK_DIFFERS: 409,
  TASK_TERMINAL: 409,
  TASK_NOT_FAILED: 409,
  NO_INSTANCE: 409,
  NOT_PUBLISHED: 409,
  EDIT_CONFLICT: 412,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  SCRIPT_SYNTAX: 422,
  PROVIDER_FAILED: 502,
  TOO_MANY_ATTEMPTS: 429,
  INTERNAL: 500,
  SANDBOX_BUSY: 503,
  UNAVAILABLE: 503,
} as const;

export type AppErrorCode = keyof typeof STATUS;

/** What is wrong with one field: `path` as `variables.SQL_CONTENT`, `message` says what to write instead. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

interface Details {
  readonly errors?: readonly FieldError[];
  readonly cause?: unknown;
  /** Further members of the problem document. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Seconds until another try makes sense (Retry-After). */
  readonly retryAfter?: number;
}

/** An error for the caller: what is wrong and what to do. Anything else that is thrown is a bug (500). */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly more: Readonly<Record<string, unknown>>;
  readonly retryAfter: number | undefined;

  constructor(code: AppErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = STATUS[code];
    this.errors = details.errors ?? [];
    this.more = details.more ?? {};
    this.retryAfter = details.retryAfter;
  }
}

/** All codes with their status, for the API's description. */
export const ERROR_STATUS: Readonly<Record<AppErrorCode, number>> = STATUS;

/** 404 in the words of the glossary: `There is no task "T-1".` */
export const notFound = (what: string, id: string): AppError =>
  new AppError('NOT_FOUND', `There is no ${what} "${id}".`);

/** One wrong field. */
export const invalid = (path: string, message: string): AppError =>
  new AppError('INVALID_INPUT', `${path} ${message}`, { errors: [{ path, message }] });

/** The `code` of an error of Node, pg or undici (`ENOENT`, `23505`); undefined when it has none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
