/* global document */
import { el, put } from './dom.js';

/** Bounds of the numbers, as the control API has them (faults.ts); the other switches are on or off. */
const RATE = { min: '0', max: '1', step: 'any' };
const MILLISECONDS = { min: '0', max: '86400000', step: '1' };
const COUNT = { min: '0', max: '1000000', step: '1' };
const NUMBERS = {
  latencyMs: MILLISECONDS,
  throttleRate: RATE,
  http500Rate: RATE,
  htmlRate: RATE,
  dropCreateResponses: COUNT,
  listingLagMs: MILLISECONDS,
  tokenExpiresAfterCalls: COUNT,
  revokeLockMs: MILLISECONDS,
};
const SWITCHES = ['duplicateEvents', 'reorderEvents', 'dropEvents'];

/** Switches whose 0 is a fault too: no lock at all, a token good for nothing. */
const ZERO_COUNTS = ['revokeLockMs', 'tokenExpiresAfterCalls'];

/** How many switches of a set make something happen. */
export const countOn = (faults) =>
  Object.entries(faults).filter(([name, value]) => value || (value === 0 && ZERO_COUNTS.includes(name)))
    .length;

/**
 * The form that sets the faults. `apply(set)` sends a set and answers what is wrong with it, null when it was taken.
 * Nodes live as long as the page, so that applying and refreshing leave the keyboard where it is.
 */
export function faultsForm(apply) {
  const form = document.getElementById('faults-form');
  const message = el('p', { class: 'notice', role: 'alert', hidden: '' });
  const done = el('span', { class: 'muted', role: 'status' });
  const button = el('button', { type: 'submit', class: 'primary' });
  const rows = [...Object.keys(NUMBERS), ...SWITCHES].map(row);
  put(form, [...rows.map(({ node }) => node), el('div', { class: 'group' }, [button, done]), message]);

  let words;
  /** Whether what is typed was not applied yet; the set of the simulator must not overwrite it then. */
  let typed = false;

  form.addEventListener('input', (event) => {
    typed = true;
    say('', words.notApplied);
    rows.find(({ input }) => input === event.target).tell('');
  });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    for (const { input, tell } of rows) tell(input.validity.valid ? '' : words.range(input.max, input.step));
    const wrong = rows.find(({ input }) => !input.validity.valid);
    if (wrong) {
      say('', words.notApplied);
      wrong.input.focus();
      return;
    }
    typed = false;
    const problem = await apply(Object.fromEntries(rows.flatMap(({ input }) => entryOf(input))));
    if (problem === null) return say('', typed ? words.notApplied : words.applied);
    typed = true;
    say(problem, words.notApplied);
  });

  function say(problem, status) {
    message.textContent = problem;
    message.hidden = problem === '';
    done.textContent = status;
  }

  return {
    /** Says everything in another language. */
    translate(next) {
      words = next;
      button.textContent = words.apply;
      for (const { input, label, tell } of rows) {
        label.textContent = words.fault[input.name];
        tell('');
      }
      say('', typed ? words.notApplied : '');
    },
    /** Shows the set that is on, unless somebody is filling in another one. */
    show(faults) {
      if (typed) return;
      for (const { input } of rows) {
        const value = faults[input.name];
        if (input.type === 'checkbox') input.checked = value === true;
        else if (input.value !== String(value ?? '')) input.value = value ?? '';
      }
    },
  };
}

/** A switch with its label, and a line below it for what is wrong. */
function row(name) {
  const bounds = NUMBERS[name];
  const problem = el('p', { class: 'wrong', id: `wrong-${name}`, role: 'alert', hidden: '' });
  const kind = bounds ? { type: 'number', inputmode: 'decimal', ...bounds } : { type: 'checkbox' };
  const input = el('input', { name, 'aria-describedby': problem.id, ...kind });
  const label = el('span', {});
  return {
    input,
    label,
    node: el('div', {}, [el('label', {}, [label, input]), problem]),
    tell(text) {
      problem.textContent = text;
      problem.hidden = text === '';
      if (text === '') input.removeAttribute('aria-invalid');
      else input.setAttribute('aria-invalid', 'true');
    },
  };
}

function entryOf(input) {
  if (input.type === 'checkbox') return input.checked ? [[input.name, true]] : [];
  return input.value === '' ? [] : [[input.name, Number(input.value)]];
}
