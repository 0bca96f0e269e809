// What every stage script finds in scope, with java.d.ts. Nothing else exists there: no `process`, no `require`, no DOM.
// The editor shows these comments on hover, and tsc checks the scripts of this folder against them.

// --- The task: 31 variables, each a string, "" when the platform gave none. ---

/** Task name, e.g. `Add index idx_created_at to orders`. */
declare const TASK_NAME: string;
/** Task id, e.g. `T-2026-1182`. */
declare const TASK_ID: string;
/** Task type, e.g. `SQL task`. */
declare const TASK_TYPE: string;
/** Subtype, e.g. `Suggested improvement`. */
declare const TASK_SUBTYPE: string;
/** Remarks, e.g. `Run after 22:00`. */
declare const COMMENT: string;
/** Environment, e.g. `PROD`. */
declare const ENV_NAME: string;
/** Data source name, e.g. `orders-primary`. */
declare const DATASOURCE_NAME: string;
/** Data source URL, e.g. `mysql://orders.internal:3306`. */
declare const DATASOURCE_URL: string;
/** Database name, e.g. `orders`. */
declare const DATABASE: string;
/** Export method, e.g. `SQL`. */
declare const EXPORT_METHOD: string;
/** Export content, e.g. `Data`. */
declare const EXPORT_CONTENT: string;
/** Reason, e.g. `The list of orders is slow`. */
declare const REASON: string;
/** Request type, e.g. `Apply`. */
declare const AUTH_TYPE: string;
/** Submitter, e.g. `Li Lei`. */
declare const SUBMITTER: string;
/** SQL text, first 200 characters, e.g. `ALTER TABLE orders ADD INDEX idx_created_at (created_at);`. */
declare const SQL_CONTENT: string;
/** SQL text, up to 5000 characters, e.g. `ALTER TABLE orders ADD INDEX idx_created_at (created_at);`. */
declare const SQL_FULL_CONTENT: string;
/** Task request URL, e.g. `https://platform.example/tasks/T-2026-1182`. */
declare const TASK_URL: string;
/** Export/import file type, e.g. `CSV`. */
declare const FILE_TYPE: string;
/** Sensitive column, e.g. `phone`. */
declare const AUTH_SENSITIVE: string;
/** Permission validity period, e.g. `2026-12-31 23:59:59`. */
declare const AUTH_EXPIRATION_TIME: string;
/** Permission type, e.g. `Query`. */
declare const AUTH_APPLY_TYPE: string;
/** Submission time, e.g. `2026-11-22 10:00:00`. */
declare const CREATE_TIME: string;
/** Estimated affected rows, e.g. `1200`. */
declare const EST_AFFECTED_ROWS: string;
/** Requested database, e.g. `orders`. */
declare const AUTH_APPLY_OBJECT_DB: string;
/** Requested table, e.g. `order_items`. */
declare const AUTH_APPLY_OBJECT_TB: string;
/** Data source id, e.g. `ds-42`. */
declare const DATASOURCE_ID: string;
/** Executor, e.g. `Wang Wei`. */
declare const EXECUTOR: string;
/** Export object: database or table information, or SQL, e.g. `orders.order_items`. */
declare const EXPORT_OBJECT: string;
/** Task details, e.g. `One index on one table`. */
declare const TASK_DETAILS: string;
/** Submitter's mobile number, e.g. `13800000000`. */
declare const SUBMITER_PHONE: string;
/** External approval template code, e.g. `PROC-DEMO`. */
declare const APPROVAL_CODE: string;

// --- The channel. ---

/** Where the channel's calls really go (its `apiBaseUrl`), "" when the channel has none. */
declare const API_BASE_URL: string;
/** The user in whose name approvals are opened when SUBMITER_PHONE names nobody: a user id, "" when the channel has none. */
declare const DEFAULT_ORIGINATOR: string;
/** The company's id at the provider, "" when the channel has none. */
declare const CORP_ID: string;

// --- HTTP. ---

/** Headers of a response; names are read in any case. */
interface Headers {
  get(name: string): string | null;
  has(name: string): boolean;
  forEach(visit: (value: string, name: string) => void): void;
}

/** The answer to a call. Its body can be read once. */
interface Response {
  /** True for a status of 200 to 299. */
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly headers: Headers;
  text(): Promise<string>;
  json(): Promise<any>;
}

interface RequestInit {
  /** GET when absent. */
  method?: string;
  headers?: Record<string, string> | readonly (readonly [string, string])[];
  /** Objects are sent as text: `JSON.stringify(body)`. */
  body?: string | URLSearchParams | JSONObject | JSONArray | null;
}

/**
 * Calls the provider or a host that an admin allowed. At most 20 calls a run, 10 s and 1 MiB each way a call.
 * Throws an error whose `code` is `EGRESS_DENIED`, `HTTP_ERROR` or `LIMIT_EXCEEDED`; a status of 400 or 500 does not throw.
 * The error's `sent` tells whether the call had left: then it may have had its effect.
 */
declare function fetch(url: string | URL, init?: RequestInit): Promise<Response>;

declare class URLSearchParams {
  constructor(init?: string | Record<string, string> | Iterable<readonly [string, string]> | URLSearchParams);
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  forEach(visit: (value: string, name: string) => void): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  toString(): string;
  readonly size: number;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

declare class URL {
  constructor(url: string | URL, base?: string | URL);
  static canParse(url: string, base?: string): boolean;
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
  toJSON(): string;
}

// --- Text, time, hashes. ---

/** Lines go into the log of the run: at most 500 lines and 64 KiB. */
declare const console: {
  debug(...values: unknown[]): void;
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  assert(condition: unknown, ...values: unknown[]): void;
  dir(value: unknown): void;
  group(...values: unknown[]): void;
  groupEnd(): void;
  table(value: unknown): void;
  trace(...values: unknown[]): void;
};

/** What a hash is written in. */
type HashEncoding = 'hex' | 'base64';
type HashAlgorithm = 'md5' | 'sha1' | 'sha256';

declare const crypto: {
  /** A new random id, e.g. `3f0c1a52-5d0c-4e0e-9f57-2f6c2a0b9f11`. */
  randomUUID(): string;
  /** The hash of a text (as UTF-8) or of bytes. Answers at once, no `await` needed. */
  digest(algorithm: HashAlgorithm, data: string | Uint8Array, encoding?: HashEncoding): string;
  /** The keyed hash of a text (as UTF-8) or of bytes. Answers at once, no `await` needed. */
  hmac(
    algorithm: HashAlgorithm,
    key: string | Uint8Array,
    data: string | Uint8Array,
    encoding?: HashEncoding,
  ): string;
};

declare class TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  decode(bytes?: Uint8Array | ArrayBuffer): string;
}

/** Base64 to a string of bytes (each character one byte). */
declare function atob(base64: string): string;
/** A string of bytes (each character one byte) to base64. */
declare function btoa(bytes: string): string;
declare function structuredClone<T>(value: T): T;
/** Timers left behind when the script ends are cancelled. */
declare function setTimeout<A extends unknown[]>(
  run: (...values: A) => void,
  ms?: number,
  ...values: A
): number;
declare function clearTimeout(timer: number | undefined): void;
