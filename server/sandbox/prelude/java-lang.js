/* What little of java.lang and java.util pasted scripts use beside strings and collections: made when first read. */

/**
 * @param {string} type
 * @param {unknown} text
 * @param {number} most
 */
function parseJavaWhole(type, text, most) {
  const value = typeof text === 'string' ? parseWhole(text, most) : null;
  if (value !== null) return value;
  throw new (numberFormatException())(`${type} cannot be read from ${describeValue(text)}`);
}

/** @param {unknown} text */
function parseDouble(text) {
  const trimmed = typeof text === 'string' ? stringTrim(text) : '';
  if (regExpExec(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?[dDfF]?$|^[+-]?(Infinity|NaN)$/i, trimmed) !== null) {
    return NumberCtor(trimmed.replace(/[dDfF]$/, ''));
  }
  throw new (numberFormatException())(`Double cannot be read from ${describeValue(text)}`);
}

/** @param {string} type @param {number} most */
function wholeNumberClass(type, most) {
  const parse = (/** @type {unknown} */ text) => parseJavaWhole(type, text, most);
  return {
    MAX_VALUE: most,
    MIN_VALUE: -most - 1,
    valueOf: (/** @type {unknown} */ value) => (typeof value === 'number' ? mathTrunc(value) : parse(value)),
    toString: javaText,
  };
}

exposeLazily('Integer', () => ({
  ...wholeNumberClass('Integer', MOST_INT),
  parseInt: (/** @type {unknown} */ text) => parseJavaWhole('Integer', text, MOST_INT),
}));

exposeLazily('Long', () => ({
  ...wholeNumberClass('Long', MOST_LONG),
  parseLong: (/** @type {unknown} */ text) => parseJavaWhole('Long', text, MOST_LONG),
}));

exposeLazily('Double', () => ({
  parseDouble,
  valueOf: (/** @type {unknown} */ value) => (typeof value === 'number' ? value : parseDouble(value)),
  toString: javaText,
}));

addMethods(Boolean, {
  /** @param {unknown} text */
  parseBoolean(text) {
    return typeof text === 'string' && toLowerCase(text) === 'true';
  },
});

exposeLazily('Objects', () => ({
  equals: (/** @type {unknown} */ a, /** @type {unknown} */ b) => (a ?? null) === (b ?? null),
  isNull: (/** @type {unknown} */ value) => value === null || value === undefined,
  nonNull: (/** @type {unknown} */ value) => value !== null && value !== undefined,
  toString: (/** @type {unknown} */ value, fallback = 'null') =>
    (value ?? null) === null ? fallback : javaText(value),
  requireNonNullElse: (/** @type {unknown} */ value, /** @type {unknown} */ fallback) => value ?? fallback,
}));

exposeLazily('Arrays', () => ({
  /** @param {unknown[]} values */
  asList: (...values) => new ArrayList(values.length === 1 && isArray(values[0]) ? values[0] : values),
  toString: (/** @type {unknown} */ list) => new ArrayList(list).toString(),
}));

exposeLazily('StringBuilder', () => {
  class StringBuilder {
    #text = '';

    /** @param {unknown} [text] an initial capacity is accepted and means nothing */
    constructor(text) {
      if (typeof text === 'string') this.#text = text;
    }

    /** @param {unknown} value */
    append(value) {
      this.#text += javaText(value);
      return this;
    }

    /** @param {number} at @param {unknown} value */
    insert(at, value) {
      this.#text = this.#text.slice(0, at) + javaText(value) + this.#text.slice(at);
      return this;
    }

    /** @param {number} length */
    setLength(length) {
      this.#text = this.#text.slice(0, length).padEnd(length, '\0');
    }

    /** @param {number} at */
    deleteCharAt(at) {
      this.#text = this.#text.slice(0, at) + this.#text.slice(at + 1);
      return this;
    }

    reverse() {
      this.#text = [...this.#text].reverse().join('');
      return this;
    }

    length() {
      return this.#text.length;
    }

    toString() {
      return this.#text;
    }
  }
  return StringBuilder;
});

/** @param {string} name @param {() => ErrorConstructor} [parent] */
const exceptionClass = (name, parent = () => ErrorCtor) =>
  once(() => {
    const Exception = { [name]: class extends parent() {} }[name];
    define(/** @type {any} */ (Exception).prototype, 'name', name, false);
    return /** @type {ErrorConstructor} */ (Exception);
  });

const exception = exceptionClass('Exception');
const runtimeException = exceptionClass('RuntimeException', exception);
const illegalArgumentException = exceptionClass('IllegalArgumentException', runtimeException);
const illegalStateException = exceptionClass('IllegalStateException', runtimeException);
const numberFormatException = exceptionClass('NumberFormatException', illegalArgumentException);

exposeLazily('Exception', exception);
exposeLazily('RuntimeException', runtimeException);
exposeLazily('IllegalArgumentException', illegalArgumentException);
exposeLazily('IllegalStateException', illegalStateException);
exposeLazily('NumberFormatException', numberFormatException);

addMethods(Error.prototype, {
  /** `catch (Exception e) { ... e.getMessage() }`. @this {Error} */
  getMessage() {
    return this.message;
  },
});
