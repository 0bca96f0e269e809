/* global ResizeObserver */
import { el } from './dom.js';

/** What an instance's form holds, label by label. A long value is cut at some ten lines and says so; a button shows all of it. */
export function form(fields, words) {
  return el(
    'dl',
    { class: 'form' },
    fields.flatMap((field, index) => [el('dt', {}, [field.name]), value(field.value, index, words)]),
  );
}

function value(text, index, words) {
  const box = el('div', { class: 'value' }, [text]);
  const toggle = el('button', { type: 'button', class: 'link', hidden: '', 'data-part': `value-${index}` });
  const open = (all) => {
    box.classList.toggle('all', all);
    toggle.setAttribute('aria-expanded', String(all));
    if (all) toggle.hidden = false;
    toggle.textContent = all ? words.showLess : words.showAll(text.length);
  };
  open(false);
  toggle.addEventListener('click', () => {
    open(!box.classList.contains('all'));
    toggle.scrollIntoView({ block: 'nearest' });
  });
  // Whether it is cut depends on the width, which a turned telephone changes.
  new ResizeObserver(() => {
    const cut = box.scrollHeight > box.clientHeight + 1;
    box.classList.toggle('cut', cut);
    toggle.hidden = !cut && !box.classList.contains('all');
  }).observe(box);
  return el('dd', {}, [box, toggle]);
}
