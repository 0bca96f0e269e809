// The two API families of DingTalk (protocols/dingtalk.md §0). One access token serves both.

/** The new one: camelCase, the token in a header, failures as HTTP 4xx with a word as code. */
const API = 'https://api.dingtalk.com';
/** The old one: snake_case, the token in the query, failures as HTTP 200 with a number as errcode. */
const OLD_API = 'https://oapi.dingtalk.com';

/** DingTalk counts calls by the second, so short waits help. Worst case of one read: 3 of the 20 calls and 3 of the 20 s. */
const PAUSES_MS = [1000, 2000];

/** @type {DingtalkClient['api']} */
async function api(
  method,
  path,
  {
    body,
    query = {},
    headers: more = {},
    purpose = `do ${method} ${path}`,
    reads = method === 'GET',
    once = false,
    onResponse = undefined,
  } = {},
) {
  const search = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
  const url = API + path + (search.length > 0 ? `?${search.join('&')}` : '');
  /** @type {Record<string, string>} */
  const headers = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more };
  // The token stage has no accessToken yet, and what it calls wants none.
  if (typeof accessToken === 'string') headers['x-acs-dingtalk-access-token'] = heldToken(purpose);
  return call({ purpose, reads, once, onResponse }, url, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
}

/** @type {DingtalkClient['topapi']} */
async function topapi(path, body = {}, { purpose = `do ${path}`, reads = false, once = false } = {}) {
  const url = `${OLD_API}${path}?access_token=${encodeURIComponent(heldToken(purpose))}`;
  const headers = { 'content-type': 'application/json' };
  const asked = { purpose, reads, once };
  const answer = await call(asked, url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.errcode === undefined) throw unclear(asked, 200, 'the answer has no errcode', answer);
  return answer.result ?? answer;
}

/** The stage's access token. DingTalk's word for an empty one is that of a stale one. @param {string} purpose */
function heldToken(purpose) {
  if (typeof accessToken === 'string' && accessToken !== '') return accessToken;
  /** @type {DingtalkFailure} */
  const provider = { kind: 'token', status: 0, code: '', message: '', requestId: '' };
  throw failure(`DingTalk cannot be asked to ${purpose}: ${NO_TOKEN}`, provider);
}

/**
 * Calls DingTalk and answers what it says, or throws a failure. Only a call that changes nothing is tried again, and
 * only when DingTalk was too busy to look at it.
 * @param {Asked} asked @param {string} url @param {RequestInit} init
 */
async function call(asked, url, init) {
  for (const pauseMs of asked.reads && !asked.once ? PAUSES_MS : []) {
    try {
      return await callOnce(asked, url, init);
    } catch (/** @type {any} */ error) {
      if (error.provider?.kind !== 'throttled' || error.provider.code === BLOCKED) throw error;
      await new Promise((done) => setTimeout(done, pauseMs, undefined));
    }
  }
  return callOnce(asked, url, init);
}

/** @param {Asked} asked @param {string} url @param {RequestInit} init @returns {Promise<any>} */
async function callOnce(asked, url, init) {
  const { status, text } = await exchange(asked, url, init);
  const body = parse(text);
  // A blocked address gets this in place of any answer, as JSON or as a page (protocols/dingtalk.md §12).
  if (body === null ? /\bpunish/i.test(text) : body.punish === 'deny') {
    throw refusal(asked, status, { code: BLOCKED, message: 'this address is blocked' });
  }
  if (body === null) {
    const page = `HTTP ${status}, not JSON: ${text.slice(0, 80)}`;
    throw unclear(asked, status, status === 404 && API_BASE_URL ? `${page}. ${CHECK_BASE}` : page);
  }
  if (status >= 500) throw unclear(asked, status, `HTTP ${status} ${text.slice(0, 200)}`, body);
  const failed = status >= 400 || (body.code && body.requestid) || Number(body.errcode ?? 0) !== 0;
  // success comes as a boolean or as a text
  if (failed || String(body.success ?? true) === 'false') throw refusal(asked, status, body);
  return body;
}

/** @param {Asked} asked @param {string} url @param {RequestInit} init */
async function exchange(asked, url, init) {
  try {
    const response = await fetch(url, init);
    asked.onResponse?.(response);
    return { status: response.status, text: await response.text() };
  } catch (/** @type {any} */ error) {
    // The allow-list and most limits keep a call from leaving; an answer may be too large.
    if (error.code !== 'HTTP_ERROR' && !error.sent) throw error;
    const provider = { kind: 'unclear', status: 0, code: '', message: String(error.message), requestId: '' };
    if (error.sent && !asked.reads) error.message += MAY_BE_DONE;
    throw Object.assign(error, { provider });
  }
}

/** The object in a JSON text, null when there is none. @param {string} text @returns {any} */
function parse(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
