/** A JSONObject or JSONArray as plain JSON. @param {any} value @returns {any} */
function plain(value) {
  // JSON has no big integers; DingTalk takes long ids as texts.
  const each = (/** @type {string} */ _key, /** @type {any} */ part) =>
    typeof part === 'bigint' ? String(part) : part;
  return JSON.parse(JSON.stringify(value ?? {}, each));
}

/** DingTalk takes texts only: what has a structure becomes JSON in a text. @param {any} value */
function asText(value) {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** Remarks and comments have at most 1024 characters; half a character is none. @param {string} text */
function cut(text) {
  return text.slice(0, 1024).replace(/[\uD800-\uDBFF]$/, '');
}

/** @param {any} value @returns {any[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}

/**
 * DingTalk's time as ISO 8601 in UTC, null when there is none. Events carry epoch milliseconds. Details carry China time
 * to the minute with a false `Z` (protocols/dingtalk.md §4): `2026-04-16T15:34Z` is 07:34 UTC.
 * @param {any} value
 */
function isoTime(value) {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)Z?$/.exec(String(value ?? '')) ?? [];
  const date = new Date(day ? `${day}T${time}+08:00` : Number(value ?? NaN));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
