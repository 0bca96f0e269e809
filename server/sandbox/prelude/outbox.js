/*
 * What waits for the host: filled while the script runs, emptied by `drain`. Only strings, numbers and booleans go in, fixed at that
 * moment, so that draining runs no line of the script.
 */

/**
 * The run's limits, as `start` was told (docs/writing-scripts.md#limits).
 * @type {{ logLines: number, logBytes: number, resultBytes: number, httpOutBytes: number, httpCalls: number, timers: number }}
 */
const limits = /** @type {any} */ ({
  __proto__: null,
  logLines: 500,
  logBytes: 65_536,
  resultBytes: 1_048_576,
  httpOutBytes: 1_048_576,
  httpCalls: 20,
  timers: 100,
});

/** @param {any} given the `limits` of `start` */
function setLimits(given) {
  const names = /** @type {(keyof typeof limits)[]} */ (objectKeys(limits));
  for (let i = 0; i < names.length; i++) {
    const name = /** @type {keyof typeof limits} */ (names[i]);
    const value = own(given, name);
    if (typeof value === 'number') limits[name] = value;
  }
}

/**
 * @type {{
 *   logs: { level: string, message: string, at: string }[], logCut: boolean,
 *   http: { id: number, method: string, url: string, headers: string[][], body: string | null }[],
 *   cleared: number[], secrets: string[],
 * }}
 */
const outbox = /** @type {any} */ ({
  __proto__: null,
  logs: makeList(),
  logCut: false,
  http: makeList(),
  cleared: makeList(),
  secrets: makeList(),
});

let loggedLines = 0;
let loggedBytes = 0;

/**
 * Writes one log line, as far as the caps allow: the line that crosses the byte cap is cut, later ones are dropped, and `logCut` says so.
 * @param {string} level
 * @param {string} message
 */
function log(level, message) {
  if (outbox.logCut) return;
  if (loggedLines >= limits.logLines) {
    outbox.logCut = true;
    return;
  }
  const kept = utf8Start(message, limits.logBytes - loggedBytes);
  if (kept !== message) outbox.logCut = true;
  if (kept === '' && message !== '') return;
  loggedLines++;
  loggedBytes += utf8Length(kept);
  const at = dateToISOString(new DateCtor(dateNow()));
  append(outbox.logs, /** @type {any} */ ({ __proto__: null, level, message: toWellFormed(kept), at }));
}

const SECRET_KEY = /secret|passw|pwd|token|api_?key|access_?key|private|credential|aes_?key|encrypt_?key/i;
/** What SECRET_KEY said of a key: a form puts the same few keys many times. @type {Record<string, boolean>} */
const secretKeys = /** @type {any} */ ({ __proto__: null });
const MOST_REMEMBERED = 100;
let rememberedKeys = 0;

/** @param {string} key */
function looksSecret(key) {
  const known = secretKeys[key];
  if (known !== undefined) return known;
  const secret = regExpExec(SECRET_KEY, key) !== null;
  if (rememberedKeys < MOST_REMEMBERED) {
    rememberedKeys++;
    secretKeys[key] = secret;
  }
  return secret;
}

const MOST_SECRETS = 100;
const MOST_SECRET_LENGTH = 16_384;
let toldSecrets = 0;

/**
 * Tells the host of a value put under a secret-looking key, so that it is masked wherever the run is shown.
 * @param {string} key
 * @param {unknown} value told when it is a non-empty string or a number
 */
function tellSecret(key, value) {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  if (value === '' || toldSecrets >= MOST_SECRETS || !looksSecret(key)) return;
  const text = `${value}`;
  if (text.length > MOST_SECRET_LENGTH) return;
  toldSecrets++;
  append(outbox.secrets, text);
}
