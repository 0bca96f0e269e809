/*
 * The door to the host: text in, text out, nothing else. The host calls `start` once, `resume` whenever something a script waits for has
 * happened, and `drain` after every entry. A run is over when the state is "done" or "failed".
 */

/**
 * Lines that stand before the author's first line where V8 counts them: the head of the function that AsyncFunction makes (2) and the
 * directive (1). A frame of `script.js` at line n is the author's line n - SOURCE_LINE_OFFSET. Mirrored in isolate.ts.
 */
const SOURCE_LINE_OFFSET = 3;

/** @type {'running' | 'done' | 'failed'} */
let state = 'running';
/** JSON text of the answer. @type {string | undefined} */
let result;
/** @type {ReturnType<typeof describeThrown> | undefined} */
let failure;

/** @param {unknown} thrown */
function fail(thrown) {
  if (state !== 'running') return;
  failure = describeThrown(thrown);
  state = 'failed';
}

/** @param {unknown} value what the script answered */
function finish(value) {
  if (state !== 'running') return;
  try {
    result = value === undefined ? undefined : writeResult(value);
    state = 'done';
  } catch (error) {
    fail(error);
  }
}

/**
 * The answer as JSON, within its limit.
 * @param {unknown} value
 * @returns {string}
 */
function writeResult(value) {
  /** @type {string | undefined} */
  let text;
  try {
    text = jsonStringify(value);
  } catch (error) {
    const reason = isError(error) ? readText(error, 'message', 500) : inspect(error);
    throw makeError('SCRIPT_RESULT', `The result cannot be written as JSON: ${reason}`);
  }
  if (text === undefined) {
    throw makeError('SCRIPT_RESULT', `The result cannot be written as JSON: it is ${describeValue(value)}`);
  }
  if (!fitsUtf8(text, limits.resultBytes)) {
    throw makeError(
      'LIMIT_EXCEEDED',
      `The result is larger than ${limits.resultBytes} bytes: return only what the stage must.`,
      'result',
    );
  }
  return text;
}

/**
 * Waits for a promise of an async function. Its own `constructor` keeps `then` from asking user code which class to derive.
 * @param {Promise<unknown>} promise
 * @param {(value: unknown) => void} onValue
 */
function whenSettled(promise, onValue) {
  define(promise, 'constructor', undefined, false);
  promiseThen(promise, onValue, fail);
}

/**
 * The provider's client, made when the script or the default finish first needs it.
 * @param {{ name: string, source: string }} client
 */
function makeClient({ name, source }) {
  const make = FunctionCtor(`"use strict";\n${source}\n//# sourceURL=${name}/client.js`);
  return reflectApply(make, undefined, []);
}

/**
 * A script that answers nothing is finished by the provider's default for its stage (docs/writing-scripts.md).
 * @param {string} name
 * @param {() => any} client
 * @param {string} stage
 */
async function finishByDefault(name, client, stage) {
  const object = client();
  if (typeof object[stage] !== 'function')
    throw new TypeErrorCtor(`${name} has no default for the stage "${stage}"`);
  return await object[stage]();
}

/** @param {any} scope `start`'s json @param {(() => any) | null} client */
function exposeScope(scope, client) {
  const globals = own(scope, 'globals') ?? {};
  const names = objectKeys(globals);
  for (let i = 0; i < names.length; i++) {
    const name = /** @type {string} */ (names[i]);
    exposeReadOnly(name, globals[name]);
  }
  const objects = own(scope, 'objects') ?? [];
  for (let i = 0; i < objects.length; i++) {
    expose(objects[i], objects[i] === 'fromField' ? new JSONArray() : new JSONObject());
  }
  if (hasOwn(scope, 'event')) expose('event', toJSONValue(scope.event));
  if (client !== null) exposeLazily(scope.client.name, client);
}

/**
 * Puts the stage's names in scope and begins the script.
 * @param {string} json {stage, source, globals, event?, objects, client, limits, entropy?}
 */
function start(json) {
  try {
    const scope = jsonParse(json);
    setLimits(own(scope, 'limits') ?? {});
    setEntropy(own(scope, 'entropy'));
    const given = own(scope, 'client') ?? null;
    const client = given === null ? null : once(() => makeClient(given));
    exposeScope(scope, client);
    const script = makeScript(scope.source);
    whenSettled(reflectApply(script, undefined, []), (value) => {
      if (value !== undefined || client === null) finish(value);
      else whenSettled(finishByDefault(given.name, client, scope.stage), finish);
    });
  } catch (error) {
    fail(error);
  }
}

/**
 * The author's text as the body of a strict async function, which it cannot close from inside.
 * @param {string} source
 * @returns {any}
 */
function makeScript(source) {
  try {
    return AsyncFunctionCtor(`"use strict";\n${source}\n//# sourceURL=script.js`);
  } catch (error) {
    throw makeError('SCRIPT_SYNTAX', readText(error, 'message', MOST_MESSAGE) ?? 'The script cannot be read');
  }
}

/**
 * Brings answers and fires timers.
 * @param {string} json {replies: [{id, ok, ...}], timers: [id]}
 */
function resume(json) {
  const news = jsonParse(json);
  const replies = own(news, 'replies') ?? [];
  for (let i = 0; i < replies.length; i++) settleFetch(replies[i]);
  const timers = own(news, 'timers') ?? [];
  for (let i = 0; i < timers.length; i++) {
    try {
      fireTimer(timers[i]);
    } catch (error) {
      fail(error);
    }
  }
}

/**
 * What the script has left for the host since the last call, and how the run stands. Runs no line of the script, so it answers at once
 * even after the script was stopped in an endless loop.
 * @returns {string} JSON
 */
function drain() {
  const told = {
    __proto__: null,
    logs: outbox.logs,
    logCut: outbox.logCut,
    http: outbox.http,
    timers: tellTimers(),
    cleared: outbox.cleared,
    secrets: outbox.secrets,
    waiting: { __proto__: null, http: waitingFetches, timers: waitingTimers },
    state,
    result,
    error: failure,
  };
  outbox.logs = makeList();
  outbox.http = makeList();
  outbox.cleared = makeList();
  outbox.secrets = makeList();
  return jsonStringify(told);
}

const bridge = { __proto__: null, start, resume, drain };
