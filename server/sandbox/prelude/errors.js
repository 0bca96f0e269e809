/* Errors of the prelude's own making, and how a thrown value is told to the host. */

/**
 * The errors the prelude made, with what the host may believe of them. A script can forge `error.code`, not an entry here.
 * @type {WeakMap<object, { code: string, limit?: string }>}
 */
const madeErrors = new WeakMapCtor();

/**
 * Makes an error that carries one of the error codes of docs/writing-scripts.md.
 * @param {string} code
 * @param {string} message
 * @param {string} [limit] which limit a LIMIT_EXCEEDED speaks of
 */
function makeError(code, message, limit) {
  const error = new ErrorCtor(message);
  define(error, 'code', code);
  if (limit !== undefined) define(error, 'limit', limit);
  weakMapSet(madeErrors, error, /** @type {any} */ ({ __proto__: null, code, limit }));
  return error;
}

/** Codes that a thrown error may claim for itself: a provider's client has seen the answer, the prelude has not. */
const CLAIMABLE_CODES = /** @type {any} */ ({ __proto__: null, HTTP_ERROR: true, SCRIPT_RESULT: true });
const PROVIDER_FIELDS = ['kind', 'status', 'code', 'message', 'requestId'];
const MOST_STACK = 8192;
const MOST_MESSAGE = 8192;

/**
 * Reads a property that may be a getter of the script's making.
 * @param {any} object
 * @param {string} key
 */
function readGuarded(object, key) {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

/** @param {any} object @param {string} key @param {number} most */
function readText(object, key, most) {
  const value = readGuarded(object, key);
  return typeof value === 'string' ? toWellFormed(stringSlice(value, 0, most)) : undefined;
}

/**
 * What a provider's client says of a refusal (`error.provider`), strings and numbers only; undefined when it says nothing.
 * @param {any} thrown
 */
function providerDetails(thrown) {
  const provider = readGuarded(thrown, 'provider');
  if (typeof provider !== 'object' || provider === null) return undefined;
  const details = { __proto__: null };
  for (let i = 0; i < PROVIDER_FIELDS.length; i++) {
    const field = /** @type {string} */ (PROVIDER_FIELDS[i]);
    const value = readGuarded(provider, field);
    if (typeof value === 'number') define(details, field, value);
    if (typeof value === 'string') define(details, field, toWellFormed(stringSlice(value, 0, MOST_MESSAGE)));
  }
  return { __proto__: null, provider: details };
}

/**
 * Tells a thrown value as plain text. Runs where the script runs, under its time limit: names, messages and stacks may be getters.
 * @param {unknown} thrown
 */
function describeThrown(thrown) {
  if (!isError(thrown)) {
    const message = toWellFormed(stringSlice(inspect(thrown), 0, MOST_MESSAGE));
    return { __proto__: null, name: 'Error', message, stack: '', thrown: 'value' };
  }
  const made = weakMapGet(madeErrors, thrown);
  const claimed = readGuarded(thrown, 'code');
  return {
    __proto__: null,
    name: readText(thrown, 'name', 200) ?? 'Error',
    message: readText(thrown, 'message', MOST_MESSAGE) ?? '',
    stack: readText(thrown, 'stack', MOST_STACK) ?? '',
    code:
      made?.code ?? (typeof claimed === 'string' && CLAIMABLE_CODES[claimed] === true ? claimed : undefined),
    limit: made?.limit,
    details: providerDetails(thrown),
    thrown: 'error',
  };
}
