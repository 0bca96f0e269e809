import { getI18n } from 'react-i18next';
import type { Session } from '../../server/contract/auth.ts';
import { hubWords } from '../words/spoken.ts';
import { ApiError, errorOfProblem } from './api-error.ts';
import { setConnection } from './connection.ts';

export { ApiError } from './api-error.ts';

export interface CallOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The etag of what is to be changed, bare. */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
  /** How long to wait for the whole answer; 30 s unless told. */
  readonly timeoutMs?: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const BASE = '/api/v1';
const PATIENCE_MS = 30_000;

let session: Promise<Session> | undefined;

/**
 * The session, asked for once and kept: its csrfToken goes with every change.
 * @param fresh asks again: somebody signed in in another tab, or the token was refused
 */
export function readSession(fresh = false): Promise<Session> {
  if (fresh || session === undefined) {
    const asked = send<Session>('GET', '/session', {});
    session = asked;
    // A failure is not kept.
    asked.catch(() => {
      if (session === asked) session = undefined;
    });
  }
  return session;
}

/**
 * Calls the hub's API with the session's cookie.
 * @param path below /api/v1, e.g. `/tasks?limit=50`; ids in it percent-encoded
 * @returns the answer's JSON; undefined for 204
 * @throws ApiError; an aborted `signal` throws its reason
 */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  if (method === 'GET') return send<T>(method, path, options);
  const { csrfToken } = await readSession();
  try {
    return await send<T>(method, path, options, csrfToken);
  } catch (error) {
    // The session is another one: somebody signed in again in another tab.
    if (!(error instanceof ApiError && error.code === 'CSRF_REFUSED')) throw error;
    const renewed = await readSession(true);
    return send<T>(method, path, options, renewed.csrfToken);
  }
}

async function send<T>(
  method: Method,
  path: string,
  { body, ifMatch, signal, timeoutMs = PATIENCE_MS }: CallOptions,
  csrfToken: string | null = null,
): Promise<T> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(BASE + path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(csrfToken !== null && { 'x-csrf-token': csrfToken }),
        ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      },
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return await answerOf<T>(response);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ApiError) throw error;
    throw noAnswer(error, timeoutMs);
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const { status } = response;
  const text = await response.text();
  let body: unknown;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    throw unreadable(status, error);
  }
  const problem = response.ok ? undefined : errorOfProblem(status, body, say);
  if (!response.ok && problem === undefined) throw unreadable(status);
  setConnection(status === 401 ? 'signed-out' : 'fine');
  if (problem === undefined) return body as T;
  // The hub's own words are for programs, too.
  throw problem.code === 'UNAUTHENTICATED' ? sessionEnded(problem) : problem;
}

function sessionEnded(cause: ApiError): ApiError {
  const { status, code, requestId, body } = cause;
  return new ApiError(getI18n().t('parts:sessionEnded'), { status, code, requestId, body, cause });
}

const say = (text: string): string => hubWords(getI18n().language, text);

/** What stands between us and the hub (a proxy) answers so, in its own words, when the hub is away. */
const AWAY = [502, 503, 504];

function unreadable(status: number, cause?: unknown): ApiError {
  const isAway = AWAY.includes(status);
  setConnection(isAway ? 'offline' : status === 401 ? 'signed-out' : 'fine');
  const words = getI18n().t(isAway ? 'parts:away' : 'parts:unreadable', { status });
  return new ApiError(words, { status, code: 'UNREADABLE', cause });
}

function noAnswer(cause: unknown, timeoutMs: number): ApiError {
  if (cause instanceof DOMException && cause.name === 'TimeoutError') {
    const words = getI18n().t('parts:timedOut', { seconds: Math.round(timeoutMs / 1000) });
    return new ApiError(words, { status: 0, code: 'TIMED_OUT', cause });
  }
  setConnection('offline');
  return new ApiError(getI18n().t('parts:offline'), { status: 0, code: 'OFFLINE', cause });
}

/** A path with a query; what is undefined or "" is left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}
