/*
 * The intrinsics as they were before user code. A script may replace any method of any prototype; what the prelude does for the host
 * (logs, calls, timers, the result) goes only through these names, through literals and through objects without a prototype.
 * In such code: no for-of, no spread, no array destructuring (they look up Symbol.iterator), no method calls on values.
 */

/**
 * Turns a method into a function that takes `this` first, out of reach of a replaced `call` or `apply`.
 * @type {<T, A extends any[], R>(method: (this: T, ...args: A) => R) => (self: T, ...args: A) => R}
 */
const uncurry = /** @type {any} */ (Function.prototype.bind.bind(Function.prototype.call));

/**
 * The getter of an accessor on a prototype, taking `this` first.
 * @type {(prototype: object, name: PropertyKey) => (self: unknown) => any}
 */
const uncurryGetter = (prototype, name) =>
  uncurry(/** @type {any} */ (Object.getOwnPropertyDescriptor(prototype, name)).get);

const global = /** @type {any} */ (globalThis);
const reflectApply = Reflect.apply;
const reflectGet = Reflect.get;
const ownKeys = Reflect.ownKeys;
const { hasOwn, keys: objectKeys, setPrototypeOf } = Object;
/** Give it a descriptor without a prototype: `get` and `set` are looked up on it. @type {(target: object, key: PropertyKey, descriptor: any) => unknown} */
const defineProperty = Object.defineProperty;
const getPrototypeOf = Object.getPrototypeOf;
const getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor;
const ObjectPrototype = Object.prototype;

const PromiseCtor = Promise;
const promiseThen = uncurry(Promise.prototype.then);
const ProxyCtor = Proxy;
const FunctionCtor = Function;
const AsyncFunctionCtor = /** @type {FunctionConstructor} */ ((async () => {}).constructor);
const functionToString = uncurry(Function.prototype.toString);

const ErrorCtor =
  /** @type {ErrorConstructor & { stackTraceLimit: number, captureStackTrace(target: object, below?: Function): void }} */ (
    Error
  );
const TypeErrorCtor = TypeError;
const RangeErrorCtor = RangeError;
const SyntaxErrorCtor = SyntaxError;
/** @type {(value: unknown) => value is Error} */
const isError = /** @type {any} */ (Error).isError;
const captureStackTrace = ErrorCtor.captureStackTrace;

const isArray = Array.isArray;
const ArrayPrototype = Array.prototype;
const arrayJoin = uncurry(Array.prototype.join);

const StringCtor = String;
const charCodeAt = uncurry(String.prototype.charCodeAt);
const stringSlice = uncurry(String.prototype.slice);
const stringIndexOf = /** @type {(self: string, search: string, from?: number) => number} */ (
  uncurry(String.prototype.indexOf)
);
const stringTrim = uncurry(String.prototype.trim);
const stringRepeat = uncurry(String.prototype.repeat);
const toLowerCase = uncurry(String.prototype.toLowerCase);
const toUpperCase = uncurry(String.prototype.toUpperCase);
const toWellFormed = uncurry(String.prototype.toWellFormed);
const fromCharCode = String.fromCharCode;
const regExpExec = uncurry(RegExp.prototype.exec);
const regExpSource = uncurryGetter(RegExp.prototype, 'source');
const regExpFlags = uncurryGetter(RegExp.prototype, 'flags');

const NumberCtor = Number;
const isSafeInteger = Number.isSafeInteger;
const mathMin = Math.min;
const mathMax = Math.max;
const mathTrunc = Math.trunc;
const objectIs = Object.is;

const WeakMapCtor = WeakMap;
const weakMapGet = uncurry(WeakMap.prototype.get);
const weakMapSet = uncurry(WeakMap.prototype.set);
const weakMapHas = uncurry(WeakMap.prototype.has);

const jsonStringify = JSON.stringify;
const jsonParse = JSON.parse;

const dateNow = Date.now;
const dateToISOString = uncurry(Date.prototype.toISOString);
const dateGetTime = uncurry(Date.prototype.getTime);
const DateCtor = Date;

const symbolToString = uncurry(Symbol.prototype.toString);
const mapSize = uncurryGetter(Map.prototype, 'size');
const mapForEach = uncurry(Map.prototype.forEach);
const setSize = uncurryGetter(Set.prototype, 'size');
const setForEach = uncurry(Set.prototype.forEach);
const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
/** The constructor's name of a typed array, undefined for anything else: a test that no script can influence. */
const typedArrayName = uncurryGetter(TypedArrayPrototype, Symbol.toStringTag);
const typedArrayLength = uncurryGetter(TypedArrayPrototype, 'length');
const Uint8ArrayCtor = /** @type {any} */ (Uint8Array);
// TC39 "ArrayBuffer to/from base64 and hex", in V8 since 14.0: the default reading is exactly HTML's forgiving one.
/** @type {(text: string) => Uint8Array} */
const base64Decode = Uint8ArrayCtor.fromBase64.bind(Uint8Array);
/** @type {(text: string) => Uint8Array} */
const hexDecode = Uint8ArrayCtor.fromHex.bind(Uint8Array);
/** @type {(bytes: Uint8Array) => string} */
const base64Encode = uncurry(Uint8ArrayCtor.prototype.toBase64);
/** @type {(bytes: Uint8Array) => string} */
const hexEncode = uncurry(Uint8ArrayCtor.prototype.toHex);
const arrayBufferByteLength = uncurryGetter(ArrayBuffer.prototype, 'byteLength');

// Object.defineProperty reads these whole before it does anything, so one of each serves all; made anew each time they cost a run a
// tenth of a millisecond. Without a prototype, or a `get` on Object.prototype would be read too.
/** @type {any} */
const dataDescriptor = {
  __proto__: null,
  value: undefined,
  enumerable: true,
  writable: true,
  configurable: true,
};

/**
 * Sets an own data property whatever setters the prototypes carry.
 * @param {object} target
 * @param {PropertyKey} key
 * @param {unknown} value
 * @param {boolean} enumerable
 */
function define(target, key, value, enumerable = true) {
  dataDescriptor.value = value;
  dataDescriptor.enumerable = enumerable;
  defineProperty(target, key, dataDescriptor);
  dataDescriptor.value = undefined;
}

/**
 * An own property of an object that came from outside, or undefined: never an inherited one.
 * @param {any} object
 * @param {PropertyKey} key
 */
function own(object, key) {
  return hasOwn(object, key) ? object[key] : undefined;
}

/**
 * A list nobody can reach into: without a prototype there is no setter under its indexes and no toJSON for JSON.stringify.
 * @template T
 * @returns {T[]}
 */
function makeList() {
  return setPrototypeOf([], null);
}

/**
 * @template T
 * @param {T[]} list a list of `makeList`
 * @param {T} value
 */
function append(list, value) {
  list[list.length] = value;
}
