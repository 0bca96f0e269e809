/* JSONArray, after fastjson's: an ArrayList (and so a real Array) with typed getters. */

class JSONArray extends ArrayList {
  /** @param {unknown} [from] a collection to copy, or JSON text */
  constructor(from) {
    super(typeof from === 'string' ? parseJSON(from, 'new JSONArray') : from);
  }

  /** @param {unknown} value */
  fluentAdd(value) {
    this.add(value);
    return this;
  }

  /** @param {number} index @returns {string | null} numbers as digits, objects and lists as their JSON */
  getString(index) {
    const value = this.get(index);
    return value === null ? null : javaText(value);
  }

  /** @param {number} index @returns {number} 0 for null */
  getIntValue(index) {
    return castToWhole(index, this.get(index), 'int', MOST_INT) ?? 0;
  }

  /** @param {number} index @returns {JSONObject | null} */
  getJSONObject(index) {
    checkIndex(this, index);
    return castAndKeep(this, index, castToJSONObject);
  }

  /** @param {number} index @returns {JSONArray | null} */
  getJSONArray(index) {
    checkIndex(this, index);
    return castAndKeep(this, index, castToJSONArray);
  }

  toJSONString() {
    return toJSONString(this);
  }

  toString() {
    return toJSONString(this);
  }
}

expose('JSONArray', JSONArray);
