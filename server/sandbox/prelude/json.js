/* fastjson's JSON.toJSONString, parseObject and parseArray, beside the standard JSON object. */

/**
 * Writes a value as fastjson does by default: keys whose value is null are left out at every depth, nulls in lists stay.
 * @param {unknown} value
 * @returns {string}
 */
function toJSONString(value) {
  if (value === null || value === undefined) return 'null';
  return `${jsonStringify(value, dropNullKeys)}`;
}

/** @this {unknown} @param {string} _key @param {unknown} value */
function dropNullKeys(_key, value) {
  return value === null && !isArray(this) ? undefined : value;
}

/**
 * Parses JSON text; the error says whose text it was and shows where it went wrong.
 * @param {string} text
 * @param {string} what
 */
function parseJSON(text, what) {
  try {
    return jsonParse(text);
  } catch (error) {
    throw new SyntaxErrorCtor(`${what}: ${readText(error, 'message', 500)}`);
  }
}

addMethods(JSON, {
  toJSONString,

  /** @param {unknown} text @returns {JSONObject | null} null for null and "" */
  parseObject(text) {
    if (text === null || text === undefined || text === '') return null;
    const value = parseJSON(`${text}`, 'JSON.parseObject');
    if (typeof value === 'object' && value !== null && !isArray(value)) return toJSONObject(value);
    if (value === null) return null;
    throw new TypeErrorCtor(
      `JSON.parseObject needs the text of an object {...}, it got ${describeValue(text)}`,
    );
  },

  /** @param {unknown} text @returns {JSONArray | null} null for null and "" */
  parseArray(text) {
    if (text === null || text === undefined || text === '') return null;
    const value = parseJSON(`${text}`, 'JSON.parseArray');
    if (isArray(value)) return toJSONArray(value);
    if (value === null) return null;
    throw new TypeErrorCtor(`JSON.parseArray needs the text of a list [...], it got ${describeValue(text)}`);
  },
});
