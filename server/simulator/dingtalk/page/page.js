/* global document, fetch, location, setTimeout */
import { card, replaceCard, tellOn } from './card.js';
import { countUndelivered, showEvents } from './events.js';
import { countOn, faultsForm } from './faults.js';
import { chosenLanguage, rememberLanguage, WORDS } from './words.js';

const REFRESH_MS = 1000;
const byId = (id) => document.getElementById(id);

let language = chosenLanguage();
let shown = '';
/** Cards by instance id: one is made anew only when its instance or the language changed. */
const cards = new Map();
/** Instances that a decision is under way for: a second click on the way would only be refused. */
const deciding = new Set();

const faults = faultsForm(async (set) => {
  const problem = await send('PUT', 'faults', set);
  await refresh();
  return problem;
});

/** Times in the chosen language: a moment with its day, and the time of day alone. */
function clock() {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  return { moment: (at) => moment.format(at), time: (at) => time.format(at) };
}

function translate() {
  const words = WORDS[language];
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = words.title;
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = words[node.dataset.word];
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  byId('instances').setAttribute('aria-label', words.instances);
  const base = `${location.origin}${location.pathname.replace(/\/$/, '')}`;
  byId('command').textContent = [
    'npx countersign run scripts/dingtalk/create.js --stage create',
    `  --api-base ${base}`,
    '  --var APP_ID=ding-demo --var APP_SECRET=demo-secret',
    '  --var APPROVAL_CODE=PROC-DEMO --var SUBMITER_PHONE=13800000000',
    '  --var TASK_ID=T-1 --var TASK_NAME="My first task"',
  ].join(' \\\n');
  faults.translate(words);
}

/** Sends one control call. Answers null when it worked, else what is wrong, in words. */
async function send(method, path, body) {
  try {
    const response = await fetch(`_control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.ok ? null : (await response.json()).message;
  } catch {
    return WORDS[language].unreachable;
  }
}

async function decide(instanceId, decision, body) {
  if (deciding.has(instanceId)) return;
  deciding.add(instanceId);
  const problem = await send('POST', `instances/${encodeURIComponent(instanceId)}/${decision}`, body);
  // The card may be another one by now.
  const remark = cards.get(instanceId)?.node.querySelector('[data-part=remark]');
  if (problem === null && remark && remark.value === body.remark) remark.value = '';
  await refresh();
  deciding.delete(instanceId);
  const known = cards.get(instanceId);
  if (known) tellOn(known.node, problem ?? '');
}

function show(board) {
  const words = WORDS[language];
  const waiting = board.instances.filter((instance) => instance.status === 'RUNNING').length;
  byId('summary').textContent = words.summary(board.count, waiting);
  byId('empty').hidden = board.instances.length > 0;
  point('events-link', words.eventsLink, countUndelivered(board.events));
  point('faults-link', words.faultsLink, countOn(board.faults));
  showCards(board, words);
  showEvents(board, words, clock());
  faults.show(board.faults);
}

/** Goes to the approval that the address names, once it is there: at the start no card is. */
function goToNamed() {
  const named = byId(location.hash.slice(1));
  if (!named?.matches('.card[tabindex]')) return;
  named.scrollIntoView();
  named.focus({ preventScroll: true });
}

/** A link of the header to a panel below: what is going on there, marked when there is something. */
function point(id, wordsFor, count) {
  byId(id).textContent = wordsFor(count);
  byId(id).classList.toggle('wait', count > 0);
}

function showCards(board, words) {
  const present = new Set(board.instances.map((instance) => instance.instanceId));
  for (const [id, known] of cards)
    if (!present.has(id)) {
      known.node.remove();
      cards.delete(id);
    }
  const list = byId('instances');
  for (const [index, instance] of board.instances.entries()) {
    const id = instance.instanceId;
    const text = JSON.stringify([language, instance, board.users]);
    const known = cards.get(id);
    if (known?.text !== text) {
      const node = card(
        ...[instance, board.users, words, clock()],
        (decision, body) => decide(id, decision, body),
        (problem) => tellOn(node, problem),
      );
      if (known) replaceCard(known.node, node);
      cards.set(id, { text, node });
    }
    const { node } = cards.get(id);
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  }
}

for (const button of document.querySelectorAll('[data-language]'))
  button.addEventListener('click', () => {
    language = button.dataset.language;
    rememberLanguage(language);
    translate();
    shown = '';
    void refresh();
  });

for (const panel of ['events', 'faults'])
  byId(`${panel}-link`).addEventListener('click', (event) => {
    event.preventDefault();
    byId(panel).open = true;
    byId(panel).scrollIntoView();
    byId(panel).querySelector('summary').focus({ preventScroll: true });
  });

/** Shows how things stand now, or at the top of the page that nobody answers. */
async function refresh() {
  let text = null;
  try {
    text = await (await fetch('_control/board')).text();
  } catch {
    // Asked again in a second; until then the page says so.
  }
  byId('notice').textContent = text === null ? WORDS[language].unreachable : '';
  byId('notice').hidden = text !== null;
  if (text === null || text === shown) return;
  show(JSON.parse(text));
  shown = text;
}

async function keepFresh() {
  try {
    await refresh();
  } finally {
    setTimeout(keepFresh, REFRESH_MS);
  }
}

translate();
void keepFresh().then(goToNamed);
