import type { TFunction } from 'i18next';
import { detailText } from './story.ts';
import type { TimelineEntry } from './story.ts';

type Words = TFunction<'tasks'>;

const OPENED_BY = {
  answer: 'what.openedByAnswer',
  search: 'what.openedBySearch',
  script: 'what.openedByScript',
} as const;
const ALARMS = { contradiction: 'what.contradiction', 'two-instances': 'what.twoInstances' } as const;
const SOURCES = { callback: 'what.toldByCallback', sync: 'what.toldBySync' } as const;

const has = <T extends object>(known: T, key: string): key is Extract<keyof T, string> =>
  Object.hasOwn(known, key);

/**
 * What a line of the timeline says, in people's words. What the editor does not know is said in the hub's own word.
 * @param t of the namespace `tasks`
 * @param provider what people call it
 */
export function titleOf(entry: TimelineEntry, t: Words, provider: string): string {
  const { what, by } = entry;
  const who = by || t('theHub');
  switch (what) {
    case 'submitted':
      return by === '' ? t('what.submitted') : t('what.submittedBy', { by });
    case 'opened': {
      const how = detailText(entry, 'by');
      return t(has(OPENED_BY, how) ? OPENED_BY[how] : 'what.openedByAnswer', { provider });
    }
    case 'approved':
    case 'rejected':
    case 'revoked':
    case 'pending': {
      const source = detailText(entry, 'source');
      const told = has(SOURCES, source) ? [t(SOURCES[source], { provider })] : [];
      return [t(`what.${what}`), ...told].join(' · ');
    }
    case 'failed':
    case 'retrying':
      return t(`what.${what}`);
    case 'searching':
      return t('what.searching', { provider });
    case 'sending again':
      return t('what.sendingAgain', { provider });
    case 'retried':
      return t('what.retried', { by: who, version: detailText(entry, 'version') });
    case 'revoke requested':
      return t('what.revokeRequested', { by: who });
    case 'revoke refused':
      return t('what.revokeRefused', { provider });
    case 'revoke delayed':
      return t('what.revokeDelayed');
    case 'sync failed':
      return t('what.syncFailed', { provider });
    case 'record':
      return actionText(detailText(entry, 'action'), by, t);
    case 'alarm': {
      const alarm = detailText(entry, 'alarm');
      return t(has(ALARMS, alarm) ? ALARMS[alarm] : 'what.alarm');
    }
    default:
      return by === '' ? what : t('what.unknownBy', { what, by });
  }
}

/** What somebody did at the provider: "Wang approved". @param who '' when nobody knows */
export function actionText(action: string, who: string, t: Words): string {
  const named = who || t('somebody');
  return has(t('action', { returnObjects: true }), action)
    ? t(`action.${action}`, { who: named, action })
    : t('action.other', { who: named, action });
}

/** Longer texts below a line: what went wrong in the hub's words, reasons, comments. In their order, without repeats. */
export function textsOf(entry: TimelineEntry): string[] {
  const texts = ['message', 'reason', 'note', 'comment'].map((name) => detailText(entry, name));
  return [...new Set(texts)].filter((text) => text !== '');
}
