/* structuredClone for what a script can hold: plain data, lists, maps, sets, dates, expressions, errors, bytes, cycles. */

const ERROR_CLASSES = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

/**
 * @param {any} value
 * @param {Map<object, any>} copies what has been copied, by its original
 * @returns {any}
 */
function cloneValue(value, copies) {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw domError('DataCloneError', `structuredClone: ${describeValue(value)} cannot be copied`);
  }
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy = emptyCopy(value, copies);
  copies.set(value, copy);
  fillCopy(value, copy, copies);
  return copy;
}

/** @param {any} value an object @param {Map<object, any>} copies */
function emptyCopy(value, copies) {
  if (isJSONObject(value)) return new JSONObject();
  if (value instanceof JSONArray) return new JSONArray();
  if (value instanceof ArrayList) return new ArrayList();
  if (isArray(value)) return new Array(value.length);
  const time = attempt(dateGetTime, value);
  if (time !== undefined) return new DateCtor(time);
  if (attempt(mapSize, value) !== undefined) return new Map();
  if (attempt(setSize, value) !== undefined) return new Set();
  const source = attempt(regExpSource, value);
  if (source !== undefined) return new RegExp(source, regExpFlags(value));
  if (isError(value)) return emptyError(value);
  if (attempt(arrayBufferByteLength, value) !== undefined) return value.slice(0);
  if (ArrayBuffer.isView(value)) return copyView(value, copies);
  if (value instanceof Boolean || value instanceof Number || value instanceof String)
    return Object(value.valueOf());
  if (
    value instanceof Promise ||
    value instanceof WeakMap ||
    value instanceof WeakSet ||
    value instanceof HashMap
  ) {
    throw domError('DataCloneError', `structuredClone: a ${constructorName(value)} cannot be copied`);
  }
  return {};
}

/** @param {any} value an error */
function emptyError(value) {
  const name = ERROR_CLASSES.includes(value.name) ? value.name : 'Error';
  const copy = new global[name]('');
  define(copy, 'message', `${value.message}`, false);
  define(copy, 'stack', `${value.stack}`, false);
  return copy;
}

/** @param {any} view @param {Map<object, any>} copies */
function copyView(view, copies) {
  const buffer = cloneValue(view.buffer, copies);
  const length = view instanceof DataView ? view.byteLength : view.length;
  return new view.constructor(buffer, view.byteOffset, length);
}

/** @param {any} value @param {any} copy @param {Map<object, any>} copies */
function fillCopy(value, copy, copies) {
  if (isJSONObject(value)) {
    const data = dataOf(value);
    for (const key of objectKeys(data)) define(dataOf(copy), key, cloneValue(data[key], copies));
  } else if (attempt(mapSize, value) !== undefined) {
    mapForEach(value, (item, key) => copy.set(cloneValue(key, copies), cloneValue(item, copies)));
  } else if (attempt(setSize, value) !== undefined) {
    setForEach(value, (item) => copy.add(cloneValue(item, copies)));
  } else if (isError(value)) {
    if (hasOwn(value, 'cause')) define(copy, 'cause', cloneValue(value.cause, copies), false);
  } else if (isArray(value) || isPlainCopy(copy)) {
    for (const key of objectKeys(value)) define(copy, key, cloneValue(value[key], copies));
  }
}

/** @param {object} copy */
function isPlainCopy(copy) {
  return getPrototypeOf(copy) === ObjectPrototype;
}

expose(
  'structuredClone',
  /** @param {unknown} value @param {{ transfer?: unknown[] }} [options] */
  function structuredClone(value, options) {
    if (options?.transfer !== undefined && options.transfer.length > 0) {
      throw domError(
        'DataCloneError',
        'structuredClone: nothing can be transferred here; leave "transfer" out',
      );
    }
    return cloneValue(value, new Map());
  },
);
