// The Java-flavoured helpers that every stage script finds in scope, so that pasted scripts run as they are.
// Typed declarations (`String x = …`) are read as JavaScript before this file counts.

/** A JSON object with fastjson's methods. Its keys are also properties: `reqBody.deptId = 1` is `reqBody.put("deptId", 1)`. */
declare class JSONObject {
  /** @param from a map to copy, or JSON text */
  constructor(from?: object | string | number);
  /** Sets a value and answers the one it replaces, else null. */
  put(key: string, value: unknown): any;
  /** Sets a value and answers this object, so that calls can be chained. */
  fluentPut(key: string, value: unknown): this;
  putAll(from: object): void;
  /** The value, null when there is none. */
  get(key: string): any;
  getOrDefault(key: string, fallback: unknown): any;
  /** The value as text, null when there is none; objects and lists as their JSON. */
  getString(key: string): string | null;
  /** The value as a whole number, 0 when there is none. */
  getIntValue(key: string): number;
  /** The value as a whole number, null when there is none. */
  getInteger(key: string): number | null;
  getLongValue(key: string): number;
  getLong(key: string): number | null;
  /** The value as true or false, null when there is none. */
  getBoolean(key: string): boolean | null;
  getBooleanValue(key: string): boolean;
  getJSONObject(key: string): JSONObject | null;
  getJSONArray(key: string): JSONArray | null;
  containsKey(key: string): boolean;
  /** Takes a key out and answers its value, else null. */
  remove(key: string): any;
  clear(): void;
  size(): number;
  isEmpty(): boolean;
  keySet(): ArrayList<string>;
  entrySet(): ArrayList<MapEntry<string, any>>;
  /** JSON text without the keys whose value is null (JSON.stringify keeps them). */
  toJSONString(): string;
  toString(): string;
  [key: string]: any;
}

/** A list: a real Array with Java's methods beside JavaScript's. */
declare class ArrayList<T = any> extends Array<T> {
  constructor(from?: Iterable<T> | number);
  add(value: T): boolean;
  add(index: number, value: T): boolean;
  addAll(values: Iterable<T>): boolean;
  get(index: number): T;
  set(index: number, value: T): T;
  /** By index: answers what stood there. By value: answers whether it was there. */
  remove(indexOrValue: number | T): any;
  clear(): void;
  size(): number;
  isEmpty(): boolean;
  contains(value: unknown): boolean;
}

/** A JSON array with fastjson's methods. */
declare class JSONArray extends ArrayList {
  /** @param from a list to copy, or JSON text */
  constructor(from?: Iterable<unknown> | string | number);
  /** Adds a value and answers this array, so that calls can be chained. */
  fluentAdd(value: unknown): this;
  getString(index: number): string | null;
  getIntValue(index: number): number;
  getJSONObject(index: number): JSONObject | null;
  getJSONArray(index: number): JSONArray | null;
  toJSONString(): string;
}

/** One pair of a map, also as `[key, value]`. */
interface MapEntry<K, V> extends Iterable<any> {
  readonly 0: K;
  readonly 1: V;
  getKey(): K;
  getValue(): V;
}

/** A map that keeps its order. */
declare class HashMap<K = any, V = any> implements Iterable<MapEntry<K, V>> {
  constructor(from?: object | number);
  put(key: K, value: V): V | null;
  putAll(from: object): void;
  putIfAbsent(key: K, value: V): V | null;
  get(key: K): V | null;
  getOrDefault(key: K, fallback: V): V;
  containsKey(key: K): boolean;
  containsValue(value: unknown): boolean;
  remove(key: K): V | null;
  clear(): void;
  size(): number;
  isEmpty(): boolean;
  keySet(): ArrayList<K>;
  values(): ArrayList<V>;
  entrySet(): ArrayList<MapEntry<K, V>>;
  forEach(visit: (key: K, value: V) => void): void;
  [Symbol.iterator](): Iterator<MapEntry<K, V>>;
}
declare const LinkedHashMap: typeof HashMap;

interface JSON {
  /** JSON text without the keys whose value is null. */
  toJSONString(value: unknown): string;
  parseObject(text: string | null | undefined): JSONObject | null;
  parseArray(text: string | null | undefined): JSONArray | null;
}

interface StringConstructor {
  /** Java's format: `%s %d %f %.2f %x %n %%` and argument indexes such as `%1$s`. */
  format(format: string, ...values: unknown[]): string;
  valueOf(value: unknown): string;
  join(separator: string, ...values: unknown[]): string;
}

interface String {
  equals(other: unknown): boolean;
  equalsIgnoreCase(other: unknown): boolean;
  isEmpty(): boolean;
  isBlank(): boolean;
  contains(part: unknown): boolean;
  formatted(...values: unknown[]): string;
}

interface BooleanConstructor {
  parseBoolean(text: unknown): boolean;
}

interface Error {
  getMessage(): string;
}

interface PrintStream {
  print(value: unknown): void;
  println(value?: unknown): void;
  printf(format: string, ...values: unknown[]): void;
}

/** Writes into the log of the run. */
declare const System: {
  readonly out: PrintStream;
  readonly err: PrintStream;
  currentTimeMillis(): number;
  lineSeparator(): string;
};

declare const Integer: {
  readonly MAX_VALUE: number;
  readonly MIN_VALUE: number;
  parseInt(text: unknown): number;
  valueOf(value: unknown): number;
  toString(value: unknown): string;
};
declare const Long: {
  readonly MAX_VALUE: number;
  readonly MIN_VALUE: number;
  parseLong(text: unknown): number;
  valueOf(value: unknown): number;
  toString(value: unknown): string;
};
declare const Double: {
  parseDouble(text: unknown): number;
  valueOf(value: unknown): number;
  toString(value: unknown): string;
};
declare const Objects: {
  equals(a: unknown, b: unknown): boolean;
  isNull(value: unknown): boolean;
  nonNull(value: unknown): boolean;
  requireNonNullElse<T>(value: T | null | undefined, fallback: T): T;
  toString(value: unknown, fallback?: string): string;
};
declare const Arrays: {
  asList<T>(...values: T[]): ArrayList<T>;
  toString(list: unknown): string;
};
declare class StringBuilder {
  constructor(text?: string | number);
  append(value: unknown): this;
  insert(at: number, value: unknown): this;
  setLength(length: number): void;
  deleteCharAt(at: number): this;
  reverse(): this;
  length(): number;
  toString(): string;
}
declare const Exception: ErrorConstructor;
declare const RuntimeException: ErrorConstructor;
declare const IllegalArgumentException: ErrorConstructor;
declare const IllegalStateException: ErrorConstructor;
declare const NumberFormatException: ErrorConstructor;
