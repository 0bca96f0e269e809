/* global document */
import { actions } from './actions.js';
import { el } from './dom.js';
import { form } from './form.js';

const CHIPS = { RUNNING: 'wait', agree: 'good', refuse: 'bad' };

/** The id of an instance's card on the page, for links to it. */
export const cardId = (instanceId) => `instance-${instanceId}`;

/** One instance as a card. `decide(decision, body)` sends a decision; `tell(text)` says on this card what came of it. */
export function card(instance, users, words, clock, decide, tell) {
  const nameOf = (userId) => users.find((user) => user.userId === userId)?.name ?? userId;
  const outcome = instance.status === 'COMPLETED' ? instance.result : instance.status;
  const filled = instance.form.filter((field) => field.value !== '');
  const times = `${words.openedBy(nameOf(instance.originatorUserId))} · ${clock.moment(instance.createdAt)}`;
  return el('article', { class: 'card', tabindex: '-1', id: cardId(instance.instanceId) }, [
    el('header', {}, [
      el('h2', {}, [instance.form.find((field) => field.name === 'Task Name')?.value || instance.title]),
      el('span', { class: `chip ${CHIPS[outcome] ?? ''}` }, [words.status[outcome]]),
    ]),
    el('p', { class: 'meta muted' }, [`${instance.templateName} · ${times}`]),
    el('p', { class: 'meta muted' }, [instance.instanceId]),
    el('h3', {}, [words.form]),
    filled.length === 0 ? el('p', { class: 'muted' }, [words.emptyForm]) : form(filled, words),
    el('h3', {}, [words.tasks]),
    el(
      'ul',
      { class: 'plain' },
      instance.tasks.map((task) => taskLine(task, nameOf, words)),
    ),
    el('h3', {}, [words.records]),
    el(
      'ul',
      { class: 'plain' },
      instance.records.map((record) => recordLine(record, nameOf, words, clock)),
    ),
    ...(instance.status === 'RUNNING' ? [actions(instance, users, nameOf, words, decide, tell)] : []),
    el('p', { class: 'notice', role: 'alert', 'data-part': 'problem', hidden: '' }),
  ]);
}

function taskLine(task, nameOf, words) {
  const word = task.status === 'COMPLETED' ? task.result : task.status;
  const chip = { RUNNING: 'wait', AGREE: 'good', REFUSE: 'bad' }[word] ?? '';
  return el('li', {}, [nameOf(task.userId), el('span', { class: `chip ${chip}` }, [words.task[word]])]);
}

function recordLine(record, nameOf, words, clock) {
  const what = words.record[record.type] ?? words.record[record.result];
  const copies = record.ccUserIds.map(nameOf).join(', ');
  return el('li', {}, [
    el('span', { class: 'muted' }, [clock.moment(record.at)]),
    el('span', {}, [nameOf(record.userId)]),
    el('strong', {}, [`${what} ${copies}`.trim()]),
    ...(record.remark === null ? [] : [el('span', { class: 'quote' }, [`“${record.remark}”`])]),
  ]);
}

/** Says on a card what is wrong; '' takes it back. */
export function tellOn(card, text) {
  const problem = card.querySelector('[data-part=problem]');
  problem.textContent = text;
  problem.hidden = text === '';
}

/** Puts a card made anew in an older one's place: what was typed, opened and said stays, and so does the keyboard's place. */
export function replaceCard(before, after) {
  const part = (card, name) => card.querySelector(`[data-part="${name}"]`);
  const focused = before.contains(document.activeElement) ? document.activeElement.dataset.part : undefined;
  const remark = part(after, 'remark');
  if (remark) remark.value = part(before, 'remark')?.value ?? '';
  for (const name of ['actor', 'receiver']) keepChoice(part(before, name), part(after, name));
  for (const opened of before.querySelectorAll('[aria-expanded=true]'))
    part(after, opened.dataset.part)?.click();
  tellOn(after, part(before, 'problem').textContent);
  before.replaceWith(after);
  // A decision that ended the approval took its own button away: the card itself is next.
  if (focused !== undefined || before === document.activeElement) (part(after, focused) ?? after).focus();
}

function keepChoice(before, after) {
  if (before && [...(after?.options ?? [])].some((option) => option.value === before.value))
    after.value = before.value;
}
