/*
 * JSONObject, after fastjson's com.alibaba.fastjson.JSONObject where docs/writing-scripts.md names a method. Its keys are also properties:
 * `event.processInstanceId` reads and `reqBody.deptId = 1` writes what `get` and `put` do. Where a key has the name of a method
 * ("get", "size"), the property is the method and the key is reached by `get("size")`; no key can take a method away.
 * Keys keep the order in which they were put; whole-number keys come first, as in every JavaScript object.
 */

/**
 * The plain data behind each JSONObject.
 * @type {WeakMap<object, Record<string, any>>}
 */
const jsonData = new WeakMapCtor();

/** @param {unknown} value @returns {value is JSONObject} */
function isJSONObject(value) {
  return typeof value === 'object' && value !== null && weakMapHas(jsonData, value);
}

/** @param {any} object @returns {Record<string, any>} */
function dataOf(object) {
  const data = weakMapGet(jsonData, object);
  if (data === undefined) throw new TypeErrorCtor('This method of JSONObject was called on something else');
  return data;
}

class JSONObject {
  /**
   * @param {unknown} [from] a map to copy, or JSON text; an initial capacity and the "ordered" flag are accepted and mean nothing
   */
  constructor(from) {
    const object = new ProxyCtor(this, jsonObjectTraps);
    weakMapSet(jsonData, object, /** @type {any} */ (this));
    const given = typeof from === 'string' ? parseJSON(from, 'new JSONObject') : from;
    if (typeof given === 'object' && given !== null) object.putAll(given);
    return object;
  }

  /**
   * @param {string} key
   * @param {unknown} value
   * @returns {any} the value that stood there, else null
   */
  put(key, value) {
    const data = dataOf(this);
    const before = own(data, key);
    define(data, key, value);
    tellSecret(`${key}`, value);
    return before ?? null;
  }

  /** @param {string} key @param {unknown} value */
  fluentPut(key, value) {
    this.put(key, value);
    return this;
  }

  /** @param {unknown} from a JSONObject, HashMap, Map or plain object */
  putAll(from) {
    const pairs = pairsOf(from);
    for (let i = 0; i < pairs.length; i++) {
      const pair = /** @type {[any, unknown]} */ (pairs[i]);
      this.put(pair[0], pair[1]);
    }
  }

  /** @param {string} key @returns {any} null when absent */
  get(key) {
    return own(dataOf(this), key) ?? null;
  }

  /** @param {string} key @param {unknown} fallback @returns {any} */
  getOrDefault(key, fallback) {
    return hasOwn(dataOf(this), key) ? this.get(key) : fallback;
  }

  /** @param {string} key @returns {string | null} numbers as digits, objects and lists as their JSON */
  getString(key) {
    const value = this.get(key);
    return value === null ? null : javaText(value);
  }

  /** @param {string} key @returns {number} 0 when absent */
  getIntValue(key) {
    return castToWhole(key, this.get(key), 'int', MOST_INT) ?? 0;
  }

  /** @param {string} key @returns {number | null} */
  getInteger(key) {
    return castToWhole(key, this.get(key), 'int', MOST_INT);
  }

  /** @param {string} key @returns {number} 0 when absent */
  getLongValue(key) {
    return castToWhole(key, this.get(key), 'long', MOST_LONG) ?? 0;
  }

  /** @param {string} key @returns {number | null} */
  getLong(key) {
    return castToWhole(key, this.get(key), 'long', MOST_LONG);
  }

  /** @param {string} key @returns {boolean | null} */
  getBoolean(key) {
    return castToBoolean(key, this.get(key));
  }

  /** @param {string} key @returns {boolean} false when absent */
  getBooleanValue(key) {
    return castToBoolean(key, this.get(key)) ?? false;
  }

  /** @param {string} key @returns {JSONObject | null} what it answers stays part of this object: changes to it are seen here */
  getJSONObject(key) {
    return castAndKeep(dataOf(this), key, castToJSONObject);
  }

  /** @param {string} key @returns {JSONArray | null} */
  getJSONArray(key) {
    return castAndKeep(dataOf(this), key, castToJSONArray);
  }

  /** @param {string} key */
  containsKey(key) {
    return hasOwn(dataOf(this), key);
  }

  /** @param {string} key @returns {any} the value that stood there, else null */
  remove(key) {
    const before = this.get(key);
    delete dataOf(this)[key];
    return before;
  }

  clear() {
    const data = dataOf(this);
    for (const key of objectKeys(data)) delete data[key];
  }

  size() {
    return objectKeys(dataOf(this)).length;
  }

  isEmpty() {
    return this.size() === 0;
  }

  /** The keys as they are now, in order: `size()`, `contains`, `for (String key : object.keySet())`. */
  keySet() {
    return new ArrayList(objectKeys(dataOf(this)));
  }

  entrySet() {
    const data = dataOf(this);
    return new ArrayList(objectKeys(data).map((key) => makeEntry(key, data[key])));
  }

  /** fastjson's text: keys whose value is null are left out (JSON.stringify keeps them). */
  toJSONString() {
    return toJSONString(this);
  }

  toString() {
    return toJSONString(this);
  }

  /** What JSON.stringify writes: every key, those with a method's name too. */
  toJSON() {
    const data = dataOf(this);
    const plain = {};
    const keys = objectKeys(data);
    for (let i = 0; i < keys.length; i++) {
      const key = /** @type {string} */ (keys[i]);
      define(plain, key, data[key]);
    }
    return plain;
  }
}

/** The methods under their names, as they are before user code. @type {any} */
const jsonObjectMethods = { __proto__: null };
{
  const names = ownKeys(JSONObject.prototype);
  for (let i = 0; i < names.length; i++) {
    const name = /** @type {'get'} */ (names[i]);
    if (name !== /** @type {string} */ ('constructor')) jsonObjectMethods[name] = JSONObject.prototype[name];
  }
}

// Without a prototype: a trap is looked up on this object, and user code must not be able to add one.
const jsonObjectTraps = /** @type {ProxyHandler<any>} */ ({
  __proto__: null,
  /** @param {any} data @param {string | symbol} key */
  get(data, key) {
    if (hasOwn(jsonObjectMethods, key)) return jsonObjectMethods[key];
    return hasOwn(data, key) ? data[key] : key === '__proto__' ? undefined : reflectGet(data, key);
  },
  /** @param {any} data @param {string | symbol} key @param {unknown} value */
  set(data, key, value) {
    define(data, key, value);
    if (typeof key === 'string') tellSecret(key, value);
    return true;
  },
});

expose('JSONObject', JSONObject);
