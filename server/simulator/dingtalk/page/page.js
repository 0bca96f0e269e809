/* global document, fetch, location, setTimeout */
import { card } from './card.js';
import { el, put } from './dom.js';
import { chosenLanguage, rememberLanguage, WORDS } from './words.js';

const REFRESH_MS = 1000;
const byId = (id) => document.getElementById(id);

let language = chosenLanguage();
let shown = '';
/** Cards by instance id: one is made anew only when its instance or the language changed, so that half-typed remarks stay. */
const cards = new Map();

const clock = () =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });

function translate() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = WORDS[language].title;
  for (const node of document.querySelectorAll('[data-word]'))
    node.textContent = WORDS[language][node.dataset.word];
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  const base = `${location.origin}${location.pathname.replace(/\/$/, '')}`;
  byId('command').textContent = [
    'npx countersign run scripts/dingtalk/create.js --stage create',
    `  --api-base ${base}`,
    '  --var APP_ID=ding-demo --var APP_SECRET=demo-secret',
    '  --var APPROVAL_CODE=PROC-DEMO --var SUBMITER_PHONE=13800000000',
    '  --var TASK_ID=T-1 --var TASK_NAME="My first task"',
  ].join(' \\\n');
}

/** Sends one control call; what goes wrong is said on the page. Answers whether it worked. */
async function control(method, path, body) {
  try {
    const response = await fetch(`_control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    say(response.ok ? '' : (await response.json()).message);
    await refresh();
    return response.ok;
  } catch {
    say(WORDS[language].unreachable);
    return false;
  }
}

function say(text) {
  byId('notice').textContent = text;
  byId('notice').hidden = text === '';
}

function show(board) {
  const words = WORDS[language];
  const waiting = board.instances.filter((instance) => instance.status === 'RUNNING').length;
  byId('summary').textContent = words.summary(board.count, waiting);
  byId('empty').hidden = board.instances.length > 0;
  showCards(board, words);
  showUndelivered(board, words);
  showFaults(board.faults, words);
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
    const text = JSON.stringify([language, instance, board.users]);
    const known = cards.get(instance.instanceId);
    if (known?.text !== text) {
      const node = card(instance, board.users, words, clock(), (decision, body) =>
        control('POST', `instances/${encodeURIComponent(instance.instanceId)}/${decision}`, body),
      );
      if (known) replaceCard(known.node, node);
      cards.set(instance.instanceId, { text, node });
    }
    const { node } = cards.get(instance.instanceId);
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  }
}

/** Keeps what was typed, and the keyboard's place, across a card made anew. */
function replaceCard(before, after) {
  const focused = before.contains(document.activeElement) ? document.activeElement.dataset.part : undefined;
  const remark = before.querySelector('[data-part=remark]');
  const remarkAfter = after.querySelector('[data-part=remark]');
  if (remark && remarkAfter) remarkAfter.value = remark.value;
  before.replaceWith(after);
  if (focused !== undefined) (after.querySelector(`[data-part="${focused}"]`) ?? after).focus();
}

function showUndelivered(board, words) {
  const all = board.apps.flatMap((app) => app.undelivered.map((event) => ({ ...event, appKey: app.appKey })));
  byId('undelivered').hidden = all.length === 0;
  byId('undelivered-count').textContent = `(${all.length})`;
  const lines = all.map((event) =>
    el('li', {}, [
      el('span', {}, [`${event.eventType} ${event.type}`]),
      el('span', { class: 'muted' }, [`${event.appKey}, ${clock().format(event.failedAt)}: ${event.detail}`]),
    ]),
  );
  put(byId('undelivered-list'), lines);
  byId('undelivered').setAttribute('aria-label', words.undelivered);
}

const SWITCHES = ['duplicateEvents', 'reorderEvents', 'dropEvents'];

function showFaults(faults, words) {
  const form = byId('faults-form');
  byId('faults-count').textContent = words.faultsOn(Object.keys(faults).length);
  if (form.contains(document.activeElement)) return; // somebody is filling it in
  const rows = Object.entries(words.fault).map(([name, label]) => {
    const input = SWITCHES.includes(name)
      ? el('input', { type: 'checkbox', name })
      : el('input', { type: 'number', name, min: '0', step: 'any' });
    if (input.type === 'checkbox') input.checked = faults[name] === true;
    else input.value = faults[name] ?? '';
    return el('label', {}, [el('span', {}, [label]), input]);
  });
  put(form, [...rows, el('button', { type: 'submit' }, [words.apply])]);
}

byId('faults-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const inputs = [...event.target.querySelectorAll('input')];
  const on = inputs.filter((input) => (input.type === 'checkbox' ? input.checked : input.value !== ''));
  const set = on.map((input) => [input.name, input.type === 'checkbox' ? true : Number(input.value)]);
  document.activeElement.blur();
  void control('PUT', 'faults', Object.fromEntries(set));
});

for (const button of document.querySelectorAll('[data-language]'))
  button.addEventListener('click', () => {
    language = button.dataset.language;
    rememberLanguage(language);
    translate();
    shown = '';
    void refresh();
  });

async function refresh() {
  const response = await fetch('_control/board');
  const text = await response.text();
  if (text === shown) return;
  shown = text;
  show(JSON.parse(text));
}

async function keepFresh() {
  try {
    await refresh();
    if (byId('notice').textContent === WORDS[language].unreachable) say('');
  } catch {
    say(WORDS[language].unreachable);
  }
  setTimeout(keepFresh, REFRESH_MS);
}

translate();
void keepFresh();
