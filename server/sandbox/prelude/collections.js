/* ArrayList and HashMap. A list is a real Array with Java's methods beside JavaScript's; both serialise as plain JSON. */

class ArrayList extends Array {
  /** @param {unknown} [from] a collection to copy; an initial capacity is accepted and means nothing */
  constructor(from) {
    super();
    if (typeof from === 'object' && from !== null) this.addAll(from);
  }

  /** `map`, `filter` and the like of a list answer plain arrays. */
  static get [Symbol.species]() {
    return Array;
  }

  /**
   * `add(value)` appends, `add(index, value)` inserts.
   * @param {any} indexOrValue
   * @param {unknown} [value]
   */
  add(indexOrValue, value) {
    if (arguments.length < 2) {
      define(this, this.length, indexOrValue);
      return true;
    }
    if (indexOrValue !== this.length) checkIndex(this, indexOrValue);
    this.splice(indexOrValue, 0, value);
    return true;
  }

  /** @param {any} values anything iterable, or a HashMap's values */
  addAll(values) {
    const before = this.length;
    for (const value of values) this.add(value);
    return this.length > before;
  }

  /** @param {number} index @returns {any} */
  get(index) {
    checkIndex(this, index);
    return this[index] ?? null;
  }

  /** @param {number} index @param {unknown} value @returns {any} the value that stood there */
  set(index, value) {
    const before = this.get(index);
    this[index] = value;
    return before;
  }

  /**
   * `remove(index)` answers what stood there; `remove(value)` answers whether it was there.
   * @param {any} indexOrValue
   */
  remove(indexOrValue) {
    if (typeof indexOrValue === 'number') {
      const before = this.get(indexOrValue);
      this.splice(indexOrValue, 1);
      return before;
    }
    const index = this.indexOf(indexOrValue);
    if (index >= 0) this.splice(index, 1);
    return index >= 0;
  }

  clear() {
    this.length = 0;
  }

  size() {
    return this.length;
  }

  isEmpty() {
    return this.length === 0;
  }

  /** @param {unknown} value */
  contains(value) {
    return this.includes(value);
  }

  toString() {
    return `[${arrayJoin(this.map(javaText), ', ')}]`;
  }
}

/**
 * @param {unknown[]} list
 * @param {unknown} index
 */
function checkIndex(list, index) {
  if (typeof index === 'number' && isSafeInteger(index) && index >= 0 && index < list.length) return;
  const given = typeof index === 'number' ? `${index}` : describeValue(index);
  throw new RangeErrorCtor(`Index ${given} is out of bounds: the list has ${list.length}`);
}

/** One pair of a map: `getKey()` and `getValue()`, and as `[key, value]` for destructuring. */
class MapEntry extends Array {
  static get [Symbol.species]() {
    return Array;
  }

  getKey() {
    return this[0];
  }

  getValue() {
    return this[1];
  }
}

/** @param {unknown} key @param {unknown} value */
function makeEntry(key, value) {
  const entry = new MapEntry();
  define(entry, 0, key);
  define(entry, 1, value);
  return entry;
}

/**
 * The pairs of any map-like value: a HashMap, a Map, a JSONObject or a plain object.
 * @param {any} from
 * @returns {[unknown, unknown][]}
 */
function pairsOf(from) {
  if (from instanceof HashMap) return [...from];
  if (from instanceof Map) return [...from];
  const data = isJSONObject(from) ? dataOf(from) : from;
  return objectKeys(data).map((key) => [key, data[key]]);
}

/** The pairs that a HashMap keeps, undefined for anything else; for showing it. @type {(value: object) => Map<unknown, unknown> | undefined} */
let hashMapEntries;

class HashMap {
  /** @type {Map<unknown, unknown>} */
  #entries = new Map();

  static {
    hashMapEntries = (value) => (#entries in value ? value.#entries : undefined);
  }

  /** @param {unknown} [from] a map to copy; an initial capacity is accepted and means nothing */
  constructor(from) {
    if (typeof from === 'object' && from !== null) this.putAll(from);
  }

  /** @param {unknown} key @param {unknown} value @returns {any} the value that stood there, else null */
  put(key, value) {
    const before = this.get(key);
    this.#entries.set(key, value);
    return before;
  }

  /** @param {unknown} from */
  putAll(from) {
    for (const [key, value] of pairsOf(from)) this.put(key, value);
  }

  /** @param {unknown} key @param {unknown} value @returns {any} */
  putIfAbsent(key, value) {
    const before = this.get(key);
    if (before === null) this.put(key, value);
    return before;
  }

  /** @param {unknown} key @returns {any} */
  get(key) {
    return this.#entries.get(key) ?? null;
  }

  /** @param {unknown} key @param {unknown} fallback @returns {any} */
  getOrDefault(key, fallback) {
    return this.#entries.has(key) ? this.get(key) : fallback;
  }

  /** @param {unknown} key */
  containsKey(key) {
    return this.#entries.has(key);
  }

  /** @param {unknown} value */
  containsValue(value) {
    return this.values().includes(value);
  }

  /** @param {unknown} key @returns {any} the value that stood there, else null */
  remove(key) {
    const before = this.get(key);
    this.#entries.delete(key);
    return before;
  }

  clear() {
    this.#entries.clear();
  }

  size() {
    return this.#entries.size;
  }

  isEmpty() {
    return this.#entries.size === 0;
  }

  keySet() {
    return new ArrayList(this.#entries.keys());
  }

  values() {
    return new ArrayList(this.#entries.values());
  }

  entrySet() {
    return new ArrayList(this);
  }

  /** @param {(key: unknown, value: unknown) => void} action as Java's: the key comes first */
  forEach(action) {
    for (const [key, value] of this.#entries) action(key, value);
  }

  *[Symbol.iterator]() {
    for (const [key, value] of this.#entries) yield /** @type {any} */ (makeEntry(key, value));
  }

  toJSON() {
    const plain = {};
    for (const [key, value] of this.#entries) define(plain, javaText(key), value);
    return plain;
  }

  toString() {
    const pairs = [...this.#entries].map(([key, value]) => `${javaText(key)}=${javaText(value)}`);
    return `{${arrayJoin(pairs, ', ')}}`;
  }
}

expose('ArrayList', ArrayList);
expose('HashMap', HashMap);
expose('LinkedHashMap', HashMap);
