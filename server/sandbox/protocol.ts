import { ERROR_CODES, LIMIT_NAMES, LOG_LEVELS } from '../contract/execution.ts';
import type { ErrorCode, LimitName, LogLine } from '../contract/execution.ts';
import type { ScriptReply, ScriptRequest } from './egress.ts';
import type { Limits } from './limits.ts';

/**
 * The messages between the parent and a child process. Both sides read what they get through the functions below:
 * the child runs strangers' code, so the parent takes nothing from it on trust; and a child that cannot read an
 * order says so rather than running half of it.
 */

/** Everything a run needs inside the isolate. Only strings and plain JSON. */
export interface RunOrder {
  readonly stage: string;
  /** The author's text, as typed. */
  readonly source: string;
  /** Names in scope whose values are strings: the task variables, accessToken, eventType … */
  readonly globals: Readonly<Record<string, string>>;
  /** The decrypted payload of a callback; absent in other stages. */
  readonly event?: unknown;
  /** Java-flavoured objects made for the script: `fromField`, `reqBody`. */
  readonly objects: readonly string[];
  /** The provider's client, by the name it has in scope; null runs without one. */
  readonly client: string | null;
  readonly limits: Limits;
}

export type ToChild =
  | {
      readonly type: 'configure';
      readonly clients: Readonly<Record<string, string>>;
      readonly ready: number;
      readonly memoryMiB: number;
      /** Entries into isolates that may run at once. */
      readonly turns: number;
    }
  /** `key`: whose turn it is (pool.ts). */
  | { readonly type: 'run'; readonly id: number; readonly key: string; readonly order: RunOrder }
  | { readonly type: 'reply'; readonly id: number; readonly call: number; readonly reply: ScriptReply }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'ping'; readonly n: number };

/** What became of a script, as the child tells it. Positions are the author's. */
export interface RunFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly stack: string;
  readonly limit?: LimitName;
  /** What a provider's client said of a refused call: strings and numbers only. */
  readonly provider?: Readonly<Record<string, string | number>>;
}

export interface RunEnd {
  /** The answer as JSON text; absent when the script answered undefined or failed. */
  readonly result?: string;
  readonly failure?: RunFailure;
  readonly warnings: readonly string[];
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

export type FromChild =
  | { readonly type: 'up' }
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly logs: readonly LogLine[];
      readonly secrets: readonly string[];
      readonly calls: readonly ScriptRequest[];
    }
  | { readonly type: 'end'; readonly id: number; readonly end: RunEnd }
  /** An entry into the isolate has not come back although its time is over: only a kill helps. */
  | { readonly type: 'stuck'; readonly id: number }
  /** V8 gave up on the isolate of this run; the process must go. */
  | { readonly type: 'lost'; readonly id: number | null }
  | { readonly type: 'pong'; readonly n: number };

/** The other side of the channel said something that is no message. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ProtocolError(`${what} is not an object`);
  return value as Fields;
}

function text(from: Fields, key: string): string {
  const value = from[key];
  if (typeof value !== 'string') throw new ProtocolError(`${key} is not a string`);
  return value;
}

function count(from: Fields, key: string): number {
  const value = from[key];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new ProtocolError(`${key} is not a count`);
  return value;
}

function place(from: Fields, key: string): number | null {
  return from[key] === null ? null : count(from, key);
}

function list<T>(from: Fields, key: string, read: (item: unknown) => T): T[] {
  const value = from[key];
  if (!Array.isArray(value)) throw new ProtocolError(`${key} is not a list`);
  return value.map(read);
}

function oneOf<T extends string>(from: Fields, key: string, words: readonly T[]): T {
  const value = from[key];
  if (!words.includes(value as T)) throw new ProtocolError(`${key} is none of ${words.join(', ')}`);
  return value as T;
}

function readText(value: unknown): string {
  if (typeof value !== 'string') throw new ProtocolError('a list of strings holds something else');
  return value;
}

function readLog(value: unknown): LogLine {
  const line = fields(value, 'a log line');
  return { level: oneOf(line, 'level', LOG_LEVELS), message: text(line, 'message'), at: text(line, 'at') };
}

function readCall(value: unknown): ScriptRequest {
  const call = fields(value, 'a call');
  const body = call['body'];
  return {
    id: count(call, 'id'),
    method: text(call, 'method'),
    url: text(call, 'url'),
    headers: list(call, 'headers', (pair): readonly [string, string] => {
      if (!Array.isArray(pair) || pair.length !== 2) throw new ProtocolError('a header is not a pair');
      return [readText(pair[0]), readText(pair[1])];
    }),
    body: body === null ? null : text(call, 'body'),
  };
}

function readProvider(value: unknown): Record<string, string | number> {
  const said: Record<string, string | number> = {};
  for (const [key, item] of Object.entries(fields(value, 'provider'))) {
    if (typeof item === 'string' || typeof item === 'number') said[key] = item;
  }
  return said;
}

function readFailure(value: unknown): RunFailure {
  const failure = fields(value, 'a failure');
  return {
    code: oneOf(failure, 'code', ERROR_CODES),
    message: text(failure, 'message'),
    line: place(failure, 'line'),
    column: place(failure, 'column'),
    stack: text(failure, 'stack'),
    ...(failure['limit'] === undefined ? {} : { limit: oneOf(failure, 'limit', LIMIT_NAMES) }),
    ...(failure['provider'] === undefined ? {} : { provider: readProvider(failure['provider']) }),
  };
}

function readEnd(value: unknown): RunEnd {
  const end = fields(value, 'an end');
  return {
    ...(end['result'] === undefined ? {} : { result: text(end, 'result') }),
    ...(end['failure'] === undefined ? {} : { failure: readFailure(end['failure']) }),
    warnings: list(end, 'warnings', readText),
    cpuMs: count(end, 'cpuMs'),
    memoryBytes: count(end, 'memoryBytes'),
  };
}

/** Reads a child's message. @throws ProtocolError when it is none. */
export function readFromChild(value: unknown): FromChild {
  const message = fields(value, 'a message');
  switch (message['type']) {
    case 'up':
      return { type: 'up' };
    case 'pong':
      return { type: 'pong', n: count(message, 'n') };
    case 'stuck':
      return { type: 'stuck', id: count(message, 'id') };
    case 'lost':
      return { type: 'lost', id: place(message, 'id') };
    case 'progress':
      return {
        type: 'progress',
        id: count(message, 'id'),
        logs: list(message, 'logs', readLog),
        secrets: list(message, 'secrets', readText),
        calls: list(message, 'calls', readCall),
      };
    case 'end':
      return { type: 'end', id: count(message, 'id'), end: readEnd(message['end']) };
    default:
      throw new ProtocolError('a child sent a message of no known type');
  }
}

/** Reads the parent's message, checked by its envelope: the parent is ours, the child only guards against a mixed-up version. */
export function readToChild(value: unknown): ToChild {
  const message = fields(value, 'a message');
  switch (message['type']) {
    case 'configure':
      fields(message['clients'], 'clients');
      count(message, 'ready');
      count(message, 'memoryMiB');
      count(message, 'turns');
      break;
    case 'run': {
      count(message, 'id');
      text(message, 'key');
      const order = fields(message['order'], 'an order');
      text(order, 'source');
      text(order, 'stage');
      fields(order['globals'], 'globals');
      fields(order['limits'], 'limits');
      break;
    }
    case 'reply':
      count(message, 'id');
      count(message, 'call');
      fields(message['reply'], 'a reply');
      break;
    case 'cancel':
      count(message, 'id');
      break;
    case 'ping':
      count(message, 'n');
      break;
    default:
      throw new ProtocolError('the parent sent a message of no known type');
  }
  return value as ToChild;
}
