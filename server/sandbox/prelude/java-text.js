/* How Java would write a value as text: String.valueOf, println, %s. */

/**
 * A text is itself, null and undefined are "null", plain objects and arrays are their JSON, everything else speaks by its toString.
 * @param {unknown} value
 * @returns {string}
 */
function javaText(value) {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') {
    const prototype = getPrototypeOf(value);
    if (prototype === ObjectPrototype || prototype === ArrayPrototype || prototype === null)
      return toJSONString(value);
  }
  return StringCtor(value);
}

/**
 * A value as an error message names it: its kind and, when short, itself.
 * @param {unknown} value
 */
function describeValue(value) {
  if (value === null || value === undefined) return 'null';
  const text = inspect(value);
  const shown = text.length > 60 ? `${stringSlice(text, 0, 60)}...` : text;
  if (typeof value === 'string') return `the text ${shown}`;
  if (typeof value === 'number') return `the number ${shown}`;
  return shown;
}

/**
 * Reads text as Java's Integer.parseInt and Long.parseLong do: an optional sign and digits, nothing else.
 * @param {string} text
 * @param {number} most the largest value; the smallest is -most - 1
 * @returns {number | null} null when it is not such a number
 */
function parseWhole(text, most) {
  if (regExpExec(/^[+-]?\d{1,19}$/, text) === null) return null;
  const value = NumberCtor(text);
  return value > most || value < -most - 1 ? null : value === 0 ? 0 : value;
}

const MOST_INT = 2_147_483_647;
const MOST_LONG = NumberCtor.MAX_SAFE_INTEGER;
