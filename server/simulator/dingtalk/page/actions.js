import { el } from './dom.js';

/**
 * What can be done with a running instance: decided, commented and handed over by whoever has a task, withdrawn by the one who opened it.
 * `decide(decision, body)` sends a decision; `tell(text)` says on the card what is wrong, '' that nothing is.
 */
export function actions(instance, users, nameOf, words, decide, tell) {
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
  remark.addEventListener('input', () => {
    remark.removeAttribute('aria-invalid');
    tell('');
  });

  const button = (decision, label, style, who) => {
    const node = el('button', { type: 'button', class: style, 'data-part': decision }, [label]);
    node.addEventListener('click', () => {
      if (decision === 'comment' && remark.value.trim() === '') {
        remark.setAttribute('aria-invalid', 'true');
        remark.focus();
        tell(words.commentNeeded);
        return;
      }
      void decide(decision, { ...who(), ...(remark.value === '' ? {} : { remark: remark.value }) });
    });
    return node;
  };
  const asActor = () => ({ userId: actor.value });

  return el('div', { class: 'actions' }, [
    el('label', { class: 'remark' }, [words.remark, remark]),
    group([
      el('label', {}, [words.actAs, actor]),
      button('approve', words.approve, 'primary', asActor),
      button('refuse', words.refuse, 'danger', asActor),
      button('comment', words.comment, '', asActor),
    ]),
    group([
      el('label', { class: 'wide' }, [words.transferTo, receiver]),
      button('redirect', words.redirect, '', () => ({ ...asActor(), toUserId: receiver.value })),
    ]),
    button('withdraw', words.withdrawAs(nameOf(instance.originatorUserId)), 'apart', () => ({})),
  ]);
}

const group = (children) => el('div', { class: 'group' }, children);

function select(part, values, labelOf) {
  const options = [...new Set(values)].map((value) => el('option', { value }, [labelOf(value)]));
  return el('select', { 'data-part': part }, options);
}
