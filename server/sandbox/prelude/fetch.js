/*
 * fetch: the standard's method, headers, body and Response. A call becomes an entry of the outbox; the host makes it, under the
 * run's limits and list of hosts, and `settleFetch` brings the answer back.
 */

/**
 * Calls that wait for their answer, by id.
 * @type {Record<string, { resolve: (response: Response) => void, reject: (error: Error) => void, place: { stack?: string }, line: string }>}
 */
const pendingFetches = /** @type {any} */ ({ __proto__: null });
let fetchCount = 0;
let waitingFetches = 0;

/** The methods that the Fetch standard forbids. @type {any} */
const FORBIDDEN_METHODS = { __proto__: null, CONNECT: true, TRACE: true, TRACK: true };
const METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** @param {unknown} given */
function readMethod(given) {
  const method = given === undefined ? 'GET' : toUpperCase(`${given}`);
  if (regExpExec(METHOD, method) === null || FORBIDDEN_METHODS[method] === true) {
    throw new TypeErrorCtor(`fetch: "${method}" is no method that can be used`);
  }
  return method;
}

/**
 * The body as text and the content type it implies.
 * @param {any} body
 * @returns {{ text: string | null, type: string | null }}
 */
function readBody(body) {
  if (body === undefined || body === null) return { text: null, type: null };
  if (isJSONObject(body) || body instanceof JSONArray)
    return { text: jsonStringify(body), type: 'application/json' };
  if (isURLSearchParams(body)) {
    return { text: `${body}`, type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  }
  if (typeof body === 'object') {
    const fix = typedArrayName(body) === undefined ? 'JSON.stringify(body)' : 'a string';
    throw new TypeErrorCtor(
      `fetch: the body cannot be ${constructorName(body) ?? 'an object'}; send ${fix} instead`,
    );
  }
  return { text: toWellFormed(`${body}`), type: 'text/plain;charset=UTF-8' };
}

/**
 * Checks a call as the standard does, before it counts.
 * @param {any} input
 * @param {any} options
 */
function readRequest(input, options) {
  if (typeof options !== 'object' || options === null)
    throw new TypeErrorCtor('fetch: the options are an object');
  if (options.signal)
    throw new TypeErrorCtor(
      'fetch: "signal" is not available; every call ends by itself after its time limit',
    );
  if (options.redirect !== undefined && options.redirect !== 'follow') {
    throw new TypeErrorCtor('fetch: only redirect "follow" is available');
  }
  const method = readMethod(options.method);
  const headers = readHeaders(options.headers);
  const { text, type } = readBody(options.body);
  if (text !== null && (method === 'GET' || method === 'HEAD')) {
    throw new TypeErrorCtor(
      `fetch: a ${method} request cannot have a body; use another method or the URL's query`,
    );
  }
  if (type !== null && findHeader(headers, 'content-type') === null) addHeader(headers, 'content-type', type);
  return { __proto__: null, id: 0, method, url: toWellFormed(`${input}`), headers, body: text };
}

/**
 * Refuses what is too large to send, so that it never leaves the isolate.
 * @param {{ method: string, url: string, headers: string[][], body: string | null }} request
 */
function checkSize({ method, url, headers, body }) {
  let head = url;
  for (let i = 0; i < headers.length; i++) head += joinList(headers[i] ?? [], ': ');
  const most = limits.httpOutBytes;
  const what = !fitsUtf8(head, most)
    ? 'address and headers'
    : body !== null && !fitsUtf8(body, most)
      ? 'body'
      : null;
  if (what === null) return;
  const line = `${method} ${stringSlice(url, 0, 200)}`;
  throw makeError(
    'LIMIT_EXCEEDED',
    `Too large to send: ${line} has more than ${most} bytes of ${what}. Send less at once.`,
    'httpOut',
  );
}

/** @param {any} input @param {any} options @returns {Promise<Response>} */
function fetch(input, options = {}) {
  // Without a prototype: V8 reads `message` and `name` of what it writes a stack to.
  const place = /** @type {any} */ ({ __proto__: null });
  captureStackTrace(place, fetch);
  return new PromiseCtor((resolve, reject) => {
    const request = readRequest(input, options);
    if (fetchCount >= limits.httpCalls) {
      throw makeError(
        'LIMIT_EXCEEDED',
        `The script made more than ${limits.httpCalls} HTTP calls: make fewer in one run.`,
        'httpCalls',
      );
    }
    checkSize(request);
    fetchCount++;
    waitingFetches++;
    request.id = fetchCount;
    const line = `${request.method} ${request.url}`;
    pendingFetches[fetchCount] = /** @type {any} */ ({ __proto__: null, resolve, reject, place, line });
    append(outbox.http, request);
  });
}

/**
 * Brings the answer of a call back to the script.
 * @param {any} reply see `resume` in bridge.js
 */
function settleFetch(reply) {
  const id = own(reply, 'id');
  const pending = pendingFetches[id];
  if (pending === undefined) return;
  delete pendingFetches[id];
  waitingFetches--;
  if (own(reply, 'ok') === true) {
    pending.resolve(new Response(pending.line, reply));
    return;
  }
  const error = makeError(own(reply, 'code'), own(reply, 'message'), own(reply, 'limit'));
  define(error, 'sent', own(reply, 'sent') === true);
  // Where the script called fetch is what its author wants to see, not where the answer came in.
  const frames = readText(pending.place, 'stack', MOST_STACK) ?? '';
  const at = stringIndexOf(frames, '\n');
  define(error, 'stack', `Error: ${own(reply, 'message')}${at < 0 ? '' : stringSlice(frames, at)}`, false);
  pending.reject(error);
}

class Response {
  #line;
  #body;
  #used = false;

  /** @param {string} line method and URL, for messages @param {any} reply */
  constructor(line, reply) {
    this.#line = line;
    this.#body = own(reply, 'body');
    const status = own(reply, 'status');
    define(this, 'status', status);
    define(this, 'ok', status >= 200 && status <= 299);
    define(this, 'statusText', own(reply, 'statusText') ?? '');
    define(this, 'url', own(reply, 'url') ?? '');
    define(this, 'headers', new ResponseHeaders(own(reply, 'headers') ?? []));
  }

  get bodyUsed() {
    return this.#used;
  }

  /** @returns {Promise<string>} */
  async text() {
    if (this.#used)
      throw new TypeErrorCtor(
        `The body of ${this.#line} has already been read; keep what text() or json() answered`,
      );
    this.#used = true;
    return this.#body;
  }

  /** @returns {Promise<any>} */
  async json() {
    return parseJSON(await this.text(), `The answer of ${this.#line} is not JSON`);
  }
}

expose('fetch', fetch);
