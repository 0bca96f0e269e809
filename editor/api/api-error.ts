import type { Problem } from '../../server/contract/problem.ts';

/** A wrong field of what was sent. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What a call that did not succeed throws. `message` is for people: the hub's own words, or ours where it did not answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** For programs: `NOT_FOUND`, `INVALID_INPUT` …; `OFFLINE`, `TIMED_OUT` or `UNREADABLE` when the hub did not say it. */
  readonly code: string;
  /** Each wrong field; empty unless the input was refused. */
  readonly errors: readonly FieldError[];
  /** By which an admin finds it in the log. */
  readonly requestId?: string;
  /** The whole problem document: some codes bring further members. */
  readonly body: unknown;

  constructor(
    message: string,
    given: {
      status: number;
      code: string;
      errors?: readonly FieldError[];
      requestId?: string | undefined;
      body?: unknown;
      cause?: unknown;
    },
  ) {
    super(message, { cause: given.cause });
    this.status = given.status;
    this.code = given.code;
    this.errors = given.errors ?? [];
    if (given.requestId !== undefined) this.requestId = given.requestId;
    this.body = given.body;
  }
}

/**
 * The error that a problem document tells of; undefined when `body` is none.
 * @param say the hub's words in the reader's language
 */
export function errorOfProblem(
  status: number,
  body: unknown,
  say: (text: string) => string,
): ApiError | undefined {
  if (!isProblem(body)) return undefined;
  const { code, requestId } = body;
  const errors = (body.errors ?? []).map(({ path, message }) => ({ path, message: say(message) }));
  return new ApiError(detailOf(body, say), { status, code, body, requestId, errors });
}

/** Of wrong fields the hub says the first, and how many more there are. */
function detailOf({ detail, errors: [first] = [] }: Problem, say: (text: string) => string): string {
  const told = first && `${first.path} ${first.message}`;
  return first !== undefined && told !== undefined && detail.startsWith(told)
    ? `${first.path} ${say(first.message)}${say(detail.slice(told.length))}`
    : say(detail);
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' &&
  body !== null &&
  typeof (body as Partial<Problem>).detail === 'string' &&
  typeof (body as Partial<Problem>).code === 'string';
