// find: which approvals were opened with exactly this form? Asked when a create call got no clear answer (protocols/dingtalk.md §5).
// Answers { candidates: [{ approvalInstanceId, createdAt }], near: [{ approvalInstanceId, differs }], looked, lookedAt: [id],
// complete, page, ahead }. `near` are approvals that could be it, if DingTalk wrote the fields of `differs` in another way or filled them
// in by itself: while there are any, nobody may say that it does not stand. When the answer is not complete, ask again with `page`, `ahead` and with
// the ids of `lookedAt` added to `exclude`.

/**
 * @typedef {object} Sought
 * @property {string} definitionId
 * @property {string} originator a user id
 * @property {{ name: string, value: string }[]} form what was sent
 * @property {number} from epoch milliseconds, by the hub's clock
 * @property {number} to
 * @property {number} age of `from` when this is asked, in milliseconds; it needs no clock to be right
 * @property {string[]} exclude ids of approvals that are accounted for
 * @property {number} [page] where an earlier answer ended
 * @property {number} [ahead] by how much DingTalk's clock is ahead of the hub's, as an earlier answer says
 */

/** @type {Sought} */
const { definitionId, originator, form, from, to, age, exclude, page = 0 } = JSON.parse(QUESTION);

/** A run has 20 calls and 20 s; the rest is for calls that DingTalk is too busy to answer at once. */
const CALLS = 16;
const WITHIN_MS = 10_000;
/** Clocks differ, by minutes where nobody sets them: an approval may seem to be older than the intent to open it. */
const SKEW_MS = 15 * 60_000;
/** Clocks that differ by more than this are reckoned with: what the list is asked for then covers both. */
const APART_MS = 5 * 60_000;

const known = new Set(exclude);
const sent = form.map(({ name, value }) => ({ name, value: comparable(value) }));
const names = new Set(form.map(({ name }) => name));
/** @type {{ approvalInstanceId: string, createdAt: string | null }[]} */
const candidates = [];
/** @type {{ approvalInstanceId: string, differs: string[] }[]} */
const near = [];
/** @type {string[]} */
const lookedAt = [];
const begun = Date.now();
let calls = 0;
/** In milliseconds; negative for a clock that is behind. Known from DingTalk's first answer on, 0 when it is little. */
let { ahead = 0 } = JSON.parse(QUESTION);
/** The page under way; 0 after the last. */
let next = page;

do {
  if (isSpent()) return answer(false);
  const listed = await listPage(next);
  for (const id of listed.ids.filter((each) => !known.has(each))) {
    if (isSpent()) return answer(false);
    known.add(id);
    const detail = await look(id);
    if (detail === 'too busy') return answer(false);
    lookedAt.push(id);
    if (detail) judge(id, detail);
  }
  next = listed.next;
} while (next > 0);
return answer(true);

function isSpent() {
  return calls >= CALLS || (lookedAt.length > 0 && Date.now() - begun > WITHIN_MS);
}

/** @param {boolean} complete */
function answer(complete) {
  return { candidates, near, looked: lookedAt.length, lookedAt, complete, page: next, ahead };
}

/** @param {number} nextToken @returns {Promise<{ ids: string[], next: number }>} */
async function listPage(nextToken) {
  // All pages are of one list: the first one tells which span of time it has.
  if (nextToken > 0) return listOnce(nextToken);
  const before = ahead;
  try {
    const listed = await listOnce(0);
    if (ahead === before) return listed;
  } catch (error) {
    // It may have refused a time that lies ahead of its own.
    if (ahead === before) throw error;
  }
  return listOnce(0);
}

/** @param {number} nextToken @returns {Promise<{ ids: string[], next: number }>} */
async function listOnce(nextToken) {
  calls += 1;
  const start = from + Math.min(ahead, 0) - SKEW_MS;
  const end = to + Math.max(ahead, 0) + SKEW_MS;
  const body = {
    processCode: definitionId,
    startTime: start,
    // What lies ahead by DingTalk's clock could be refused; without an end the list goes up to now.
    ...(end < Date.now() + Math.min(ahead, 0) ? { endTime: end } : {}),
    userIds: [originator],
    maxResults: 20,
    nextToken,
  };
  const onResponse = nextToken > 0 ? undefined : compareClocks;
  const asked = { purpose: 'list approvals', reads: true, body, onResponse };
  const { result } = await dingtalk.api('POST', '/v1.0/workflow/processes/instanceIds/query', asked);
  if (!Array.isArray(result?.list))
    throw new Error('DingTalk gave no clear answer when asked to list approvals.');
  // It comes back as a text and must be sent as a number; absent and empty are the end.
  return { ids: result.list.map(String), next: Number(result.nextToken || 0) };
}

/** Reads DingTalk's clock off an answer (RFC 9110 §6.6.1). Without it, the clocks are believed. @param {Response} response */
function compareClocks(response) {
  const at = Date.parse(response.headers.get('date') ?? '');
  const told = Math.round(at - age - (Date.now() - begun) - from);
  if (Math.abs(told - ahead) > APART_MS) ahead = told;
}

/** @param {string} id @returns {Promise<any>} null for an approval that was deleted after it was listed */
async function look(id) {
  calls += 1;
  try {
    return await dingtalk.instance(id);
  } catch (/** @type {any} */ error) {
    if (error.provider?.kind === 'notFound') return null;
    // DingTalk is too busy, or asking again has used up the calls: what was seen by then counts.
    const isTooBusy = error.provider?.kind === 'throttled' || error.limit === 'httpCalls';
    if (isTooBusy && lookedAt.length > 0) return 'too busy';
    throw error;
  }
}

/** @param {string} id @param {any} detail */
function judge(id, detail) {
  if (!Array.isArray(detail.formComponentValues)) {
    throw new Error(`DingTalk gave no clear answer when asked to show the approval ${id}: it has no form.`);
  }
  if (detail.originatorUserId && detail.originatorUserId !== originator) return;
  const standing = new Map(detail.formComponentValues.map((/** @type {any} */ field) => [field.name, field]));
  // DingTalk leaves out fields without a value.
  const differing = sent.filter(({ name, value }) => comparable(standing.get(name)?.value) !== value);
  // A template may fill in texts; or it is the approval of somebody who sent more.
  const more = [...standing.values()].filter(
    (field) => isPlain(field) && comparable(field.value) !== '' && !names.has(field.name),
  );
  if (differing.length === 0 && more.length === 0) {
    candidates.push({ approvalInstanceId: id, createdAt: detail.createTime ?? null });
  } else if (differing.every(({ name }) => !isPlain(standing.get(name)))) {
    near.push({ approvalInstanceId: id, differs: [...differing, ...more].map(({ name }) => name) });
  }
}

/** Whether a field's value comes back as it was sent: dates, numbers, tables may be written in another way. @param {any} field */
function isPlain(field) {
  return !field?.componentType || ['TextField', 'TextareaField'].includes(field.componentType);
}

/** What is the same to a reader is the same: ends of lines, blanks at the ends, the spacing of JSON. @param {any} value */
function comparable(value) {
  const text = String(value ?? '')
    .replace(/\r\n?/g, '\n')
    .trim();
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text; // begins like JSON, and is none
  }
}
