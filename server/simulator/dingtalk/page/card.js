import { el } from './dom.js';

const CHIPS = { RUNNING: 'wait', agree: 'good', refuse: 'bad' };

/**
 * One instance as a card. `decide(decision, body)` sends a decision and answers whether it was taken.
 */
export function card(instance, users, words, clock, decide) {
  const nameOf = (userId) => users.find((user) => user.userId === userId)?.name ?? userId;
  const outcome = instance.status === 'COMPLETED' ? instance.result : instance.status;
  const filled = instance.form.filter((field) => field.value !== '');
  const times = `${words.openedBy(nameOf(instance.originatorUserId))} · ${clock.format(instance.createdAt)}`;
  return el('article', { class: 'card', tabindex: '-1', 'data-instance': instance.instanceId }, [
    el('header', {}, [
      el('h2', {}, [instance.form.find((field) => field.name === 'Task Name')?.value || instance.title]),
      el('span', { class: `chip ${CHIPS[outcome] ?? ''}` }, [words.status[outcome]]),
    ]),
    el('p', { class: 'meta muted' }, [`${instance.templateName} · ${times}`]),
    el('p', { class: 'meta muted' }, [instance.instanceId]),
    el('h3', {}, [words.form]),
    filled.length === 0 ? el('p', { class: 'muted' }, [words.emptyForm]) : form(filled),
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
    ...(instance.status === 'RUNNING' ? [actions(instance, users, nameOf, words, decide)] : []),
  ]);
}

const form = (fields) =>
  el(
    'dl',
    { class: 'form' },
    fields.flatMap((field) => [el('dt', {}, [field.name]), el('dd', {}, [field.value])]),
  );

function taskLine(task, nameOf, words) {
  const word = task.status === 'COMPLETED' ? task.result : task.status;
  const chip = { RUNNING: 'wait', AGREE: 'good', REFUSE: 'bad' }[word] ?? '';
  return el('li', {}, [nameOf(task.userId), el('span', { class: `chip ${chip}` }, [words.task[word]])]);
}

function recordLine(record, nameOf, words, clock) {
  const what = words.record[record.type] ?? words.record[record.result];
  const copies = record.ccUserIds.map(nameOf).join(', ');
  return el('li', {}, [
    el('span', { class: 'muted' }, [clock.format(record.at)]),
    el('span', {}, [nameOf(record.userId)]),
    el('strong', {}, [`${what} ${copies}`.trim()]),
    ...(record.remark === null ? [] : [el('span', { class: 'quote' }, [`“${record.remark}”`])]),
  ]);
}

function actions(instance, users, nameOf, words, decide) {
  const open = instance.tasks.filter((task) => task.status === 'RUNNING');
  const next = open[0].userId;
  const actor = select(
    'actor',
    open.map((task) => task.userId),
    (id) => (id === next ? words.next(nameOf(id)) : nameOf(id)),
  );
  const others = users.map((user) => user.userId).filter((id) => id !== next);
  const receiver = select('receiver', others, nameOf);
  const remark = el('input', { type: 'text', maxlength: '1024', 'data-part': 'remark' });

  const button = (decision, style, extra = () => ({ userId: actor.value })) => {
    const node = el('button', { type: 'button', class: style, 'data-part': decision }, [words[decision]]);
    node.addEventListener('click', async () => {
      node.disabled = true;
      const said = remark.value;
      remark.value = '';
      const taken = await decide(decision, { ...extra(), ...(said === '' ? {} : { remark: said }) });
      if (!taken) remark.value = said;
      node.disabled = false;
    });
    return node;
  };

  return el('div', { class: 'actions' }, [
    el('label', { class: 'remark' }, [words.remark, remark]),
    el('label', {}, [words.actAs, actor]),
    button('approve', 'primary'),
    button('refuse', 'danger'),
    button('comment', ''),
    button('withdraw', '', () => ({})),
    el('label', {}, [words.transferTo, receiver]),
    button('redirect', '', () => ({ userId: actor.value, toUserId: receiver.value })),
  ]);
}

function select(part, values, labelOf) {
  const options = [...new Set(values)].map((value) => el('option', { value }, [labelOf(value)]));
  return el('select', { 'data-part': part }, options);
}
