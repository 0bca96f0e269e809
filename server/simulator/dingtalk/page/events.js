/* global document */
import { cardId } from './card.js';
import { el, put } from './dom.js';

const CHIPS = { delivered: 'good', waiting: 'wait', failed: 'bad', dropped: 'bad' };

/** How many of the newest events have not reached their receiver: to be pushed again, given up or lost. */
export const countUndelivered = (events) =>
  events.filter((event) => ['waiting', 'failed', 'dropped'].includes(event.outcome)).length;

/** Fills the panel that says why a callback did not arrive: where events go, what became of the newest, which could not be delivered. */
export function showEvents(board, words, clock) {
  const byId = (id) => document.getElementById(id);
  put(
    byId('apps'),
    board.apps.map((app) => appLine(app, words, clock)),
  );
  byId('no-events').hidden = board.events.length > 0;
  put(
    byId('events-list'),
    board.events.map((event) => eventLine(event, words, clock)),
  );
  const undelivered = board.apps.flatMap((app) =>
    app.undelivered.map((event) => ({ ...event, appKey: app.appKey })),
  );
  byId('undelivered').hidden = undelivered.length === 0;
  byId('undelivered-count').textContent =
    `(${board.apps.reduce((sum, app) => sum + app.undeliveredCount, 0)})`;
  put(
    byId('undelivered-list'),
    undelivered.map((event) =>
      el('li', {}, [
        el('span', {}, [`${event.eventType} ${event.what}`]),
        about(event, 'undelivered'),
        muted(`${event.appKey}, ${clock.moment(event.failedAt)}: ${event.detail}`),
      ]),
    ),
  );
}

const muted = (text) => el('span', { class: 'muted' }, [text]);

function appLine({ appKey, callbackUrl, connections, check }, words, clock) {
  const checked = () => {
    const url = check.url === callbackUrl ? '' : ` (${check.url})`;
    return [
      el('span', { class: `chip ${check.ok ? 'good' : 'bad'}` }, [
        check.ok ? words.checkOk : words.checkFailed,
      ]),
      muted(`${clock.moment(check.at)}${url}${check.ok ? '' : `: ${check.detail}`}`),
    ];
  };
  const wayWithoutUrl = () =>
    connections === 0 ? muted(words.noCallback) : el('span', {}, [words.connections(connections)]);
  return el('li', {}, [
    el('strong', {}, [appKey]),
    callbackUrl === null ? wayWithoutUrl() : el('span', {}, [callbackUrl]),
    ...(check === null ? [] : checked()),
  ]);
}

function eventLine(event, words, clock) {
  const name = event.outcome === 'delivered' && event.attempts > 1 ? words.deliveredAt(event.attempts) : null;
  const chip = { class: `chip ${CHIPS[event.outcome] ?? ''}` };
  const notes = [
    event.outcome === 'waiting' ? words.nextAt(clock.time(event.nextAt)) : '',
    event.attempts > 0 && event.outcome !== 'delivered' ? words.attempts(event.attempts) : '',
    event.detail,
  ];
  return el('li', {}, [
    muted(clock.time(event.at)),
    el('strong', {}, [`${event.eventType} ${event.what}`]),
    about(event, 'event'),
    muted(`→ ${event.appKey}`),
    el('div', { class: 'fate' }, [
      el('span', chip, [name ?? words.outcome[event.outcome]]),
      muted(notes.filter((note) => note !== '').join(' · ')),
    ]),
  ]);
}

/** What an event is about, as a link where its card is on the page. `list` sets apart the links of one event. */
function about({ id, subject }, list) {
  const shown = document.getElementById(cardId(subject));
  if (!shown) return muted(subject);
  return el('a', { class: 'muted', href: `#${shown.id}`, 'data-part': `${list}-${id}` }, [subject]);
}
