/* Request and response headers: names without regard to case, as in the Fetch standard. */

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[^\0\r\n\u0100-\uffff]*$/;

/**
 * Checks and normalises one header.
 * @param {unknown} name
 * @param {unknown} value
 * @returns {[string, string]} the name in lower case, the value without blanks around it
 */
function checkHeader(name, value) {
  const key = `${name}`;
  if (regExpExec(HEADER_NAME, key) === null)
    throw new TypeErrorCtor(`fetch: "${key}" is no valid header name`);
  const text = stringTrim(`${value}`);
  if (regExpExec(HEADER_VALUE, text) === null) {
    throw new TypeErrorCtor(
      `fetch: the value of the header "${key}" has a line break or a character beyond Latin-1; encode it first`,
    );
  }
  return [toLowerCase(key), text];
}

/**
 * The headers of a `fetch` call: a plain object, a list of pairs, a map, a JSONObject or the headers of a response.
 * @param {any} given
 * @returns {string[][]} a list nobody can reach into
 */
function readHeaders(given) {
  /** @type {string[][]} */
  const headers = makeList();
  if (given === undefined || given === null) return headers;
  if (typeof given !== 'object')
    throw new TypeErrorCtor('fetch: headers are an object like {"content-type": "text/plain"}');
  const pairs = given instanceof ResponseHeaders || isArray(given) ? [...given] : pairsOf(given);
  for (let i = 0; i < pairs.length; i++) {
    const pair = /** @type {any} */ (pairs[i]);
    if (!isArray(pair) || pair.length !== 2)
      throw new TypeErrorCtor('fetch: a list of headers holds [name, value] pairs');
    const checked = checkHeader(pair[0], pair[1]);
    addHeader(headers, checked[0], checked[1]);
  }
  return headers;
}

/** @param {string[][]} headers @param {string} name in lower case @param {string} value */
function addHeader(headers, name, value) {
  const found = findHeader(headers, name);
  if (found !== null) found[1] += `, ${value}`;
  else append(headers, setPrototypeOf([name, value], null));
}

/** @param {string[][]} headers @param {string} name in lower case @returns {string[] | null} */
function findHeader(headers, name) {
  for (let i = 0; i < headers.length; i++) {
    const header = /** @type {string[]} */ (headers[i]);
    if (header[0] === name) return header;
  }
  return null;
}

/** The headers of an answer, read-only; several of one name read as one, joined by commas. */
class ResponseHeaders {
  /** @type {string[][]} */
  #headers = makeList();

  /** @param {[string, string][]} pairs */
  constructor(pairs) {
    for (let i = 0; i < pairs.length; i++) {
      const pair = /** @type {[string, string]} */ (pairs[i]);
      addHeader(this.#headers, toLowerCase(pair[0]), pair[1]);
    }
  }

  /** @param {unknown} name @returns {string | null} */
  get(name) {
    return findHeader(this.#headers, toLowerCase(`${name}`))?.[1] ?? null;
  }

  /** @param {unknown} name */
  has(name) {
    return this.get(name) !== null;
  }

  /** @param {(value: string, name: string, headers: this) => void} action */
  forEach(action) {
    for (const [name, value] of this) action(value, name, this);
  }

  *keys() {
    for (const [name] of this) yield name;
  }

  *values() {
    for (const [, value] of this) yield value;
  }

  entries() {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.#headers.length; i++) {
      const header = /** @type {string[]} */ (this.#headers[i]);
      yield /** @type {[string, string]} */ ([header[0], header[1]]);
    }
  }

  toJSON() {
    return Object.fromEntries(this);
  }

  get [Symbol.toStringTag]() {
    return 'Headers';
  }
}
