/* setTimeout and clearTimeout: the host waits, `fireTimer` runs the function. */

const MOST_DELAY = 2_147_483_647;

/**
 * Timers that have not fired, by id; `told` once the host knows of it.
 * @type {Record<string, { run: Function, values: unknown[], ms: number, told: boolean }>}
 */
const pendingTimers = /** @type {any} */ ({ __proto__: null });
let timerCount = 0;
let waitingTimers = 0;

/**
 * @param {any} run
 * @param {any} ms
 * @param {unknown[]} values handed to `run`
 * @returns {number} the id that clearTimeout takes
 */
function setTimeout(run, ms = 0, ...values) {
  if (typeof run !== 'function') {
    throw new TypeErrorCtor(`setTimeout needs a function, not ${describeValue(run)}`);
  }
  const delay = mathTrunc(mathMax(0, mathMin(NumberCtor(ms) || 0, MOST_DELAY)));
  if (waitingTimers >= limits.timers) {
    throw new RangeErrorCtor(`More than ${limits.timers} timers at once: await some before setting more`);
  }
  timerCount++;
  waitingTimers++;
  pendingTimers[timerCount] = /** @type {any} */ ({ __proto__: null, run, values, ms: delay, told: false });
  return timerCount;
}

/** @param {any} id of setTimeout; anything else does nothing */
function clearTimeout(id) {
  const timer = typeof id === 'number' ? pendingTimers[id] : undefined;
  if (timer === undefined) return;
  delete pendingTimers[id];
  waitingTimers--;
  if (timer.told) append(outbox.cleared, id);
}

/**
 * Runs a timer's function; one that was cleared meanwhile does nothing.
 * @param {number} id
 */
function fireTimer(id) {
  const timer = pendingTimers[id];
  if (timer === undefined) return;
  delete pendingTimers[id];
  waitingTimers--;
  reflectApply(timer.run, undefined, timer.values);
}

/** The timers set since the last call, for the host to wait for. @returns {{ id: number, ms: number }[]} */
function tellTimers() {
  /** @type {{ id: number, ms: number }[]} */
  const told = makeList();
  // An object without a prototype has only the ids under its keys.
  for (const key in pendingTimers) {
    const timer = pendingTimers[key];
    if (timer === undefined || timer.told) continue;
    timer.told = true;
    append(told, /** @type {any} */ ({ __proto__: null, id: +key, ms: timer.ms }));
  }
  return told;
}

expose('setTimeout', setTimeout);
expose('clearTimeout', clearTimeout);
