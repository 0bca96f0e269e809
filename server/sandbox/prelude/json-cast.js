/* fastjson's TypeUtils: what the typed getters make of a value. */

/**
 * @param {string | number} key
 * @param {unknown} value
 * @param {string} kind
 */
function castError(key, value, kind) {
  return new TypeErrorCtor(`"${key}" cannot be read as ${kind}: it is ${describeValue(value)}`);
}

/**
 * Reads a whole number: a number loses its fraction, a text may carry thousands commas and a fraction of zeros ("1,200.00"), true is 1.
 * A number too large is an error; fastjson would silently wrap it into a wrong one.
 * @param {string | number} key
 * @param {unknown} value
 * @param {'int' | 'long'} kind
 * @param {number} most
 * @returns {number | null} null for null, "" and "null"
 */
function castToWhole(key, value, kind, most) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') {
    const whole = mathTrunc(value);
    if (whole > most || whole < -most - 1 || whole !== whole) throw castError(key, value, kind);
    return whole;
  }
  if (typeof value !== 'string') throw castError(key, value, kind);
  if (value === '' || value === 'null' || value === 'NULL') return null;
  const whole = parseWhole(value.replaceAll(',', '').replace(/\.0*$/, ''), most);
  if (whole === null) throw castError(key, value, kind);
  return whole;
}

/** @type {any} */
const BOOLEAN_TEXTS = {
  __proto__: null,
  true: true,
  1: true,
  y: true,
  t: true,
  false: false,
  0: false,
  n: false,
  f: false,
};

/**
 * @param {string | number} key
 * @param {unknown} value
 * @returns {boolean | null} null for null, "" and "null"
 */
function castToBoolean(key, value) {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  if (typeof value === 'number') return mathTrunc(value) === 1;
  if (typeof value !== 'string') throw castError(key, value, 'boolean');
  if (value === '' || value === 'null' || value === 'NULL') return null;
  const found = BOOLEAN_TEXTS[toLowerCase(value)];
  if (found === undefined) throw castError(key, value, 'boolean');
  return found;
}

/** @param {string | number} key @param {any} value @returns {JSONObject | null} JSON text is parsed */
function castToJSONObject(key, value) {
  if (value === null || value === undefined || isJSONObject(value)) return value ?? null;
  const given = typeof value === 'string' ? parseJSON(value, `"${key}" read as JSONObject`) : value;
  if (typeof given !== 'object' || given === null || isArray(given))
    throw castError(key, value, 'JSONObject');
  return toJSONObject(given);
}

/** @param {string | number} key @param {any} value @returns {JSONArray | null} JSON text is parsed */
function castToJSONArray(key, value) {
  if (value === null || value === undefined || value instanceof JSONArray) return value ?? null;
  const given = typeof value === 'string' ? parseJSON(value, `"${key}" read as JSONArray`) : value;
  if (!isArray(given)) throw castError(key, value, 'JSONArray');
  return toJSONArray(given);
}

/**
 * Casts a member and, when it was a plain object or array, puts the cast one in its place, so that changes to what the getter answers
 * are changes of the whole. Text stays text, as in fastjson.
 * @template T
 * @param {any} data
 * @param {string | number} key
 * @param {(key: string | number, value: unknown) => T} cast
 */
function castAndKeep(data, key, cast) {
  const value = own(data, key);
  const answer = cast(key, value);
  if (typeof value === 'object' && answer !== value && value !== null) define(data, key, answer);
  return answer;
}

/**
 * Plain JSON as JSONObject and JSONArray, all the way down.
 * @param {any} value
 * @returns {any}
 */
function toJSONValue(value) {
  if (typeof value !== 'object' || value === null || isJSONObject(value)) return value;
  if (isArray(value)) return toJSONArray(value);
  return toJSONObject(value);
}

/** @param {any} value @returns {JSONObject} */
function toJSONObject(value) {
  const object = new JSONObject();
  const data = dataOf(object);
  const pairs = pairsOf(value);
  for (let i = 0; i < pairs.length; i++) {
    const pair = /** @type {[any, unknown]} */ (pairs[i]);
    define(data, pair[0], toJSONValue(pair[1]));
  }
  return object;
}

/** @param {any[]} value @returns {JSONArray} */
function toJSONArray(value) {
  const list = new JSONArray();
  for (let i = 0; i < value.length; i++) list.add(toJSONValue(value[i]));
  return list;
}
