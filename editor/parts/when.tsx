import { Tooltip } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../words/languages.ts';
import { exactTime, relativeTime } from './time.ts';

const BEAT_MS = 10_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** One clock for all times on a page, so that they change together. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, BEAT_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * A moment as people say it, exact on hover and for the keyboard, in the viewer's zone and language.
 * @param props.at ISO 8601; null and undefined: never
 */
export function When({ at }: { at: string | null | undefined }) {
  const { t, i18n } = useTranslation('parts');
  const seen = useSyncExternalStore(subscribe, () => now);
  if (at === null || at === undefined) return <span>{t('never')}</span>;
  const moment = Date.parse(at);
  const locale = localeOf(i18n.language);
  // Something that has happened since the clock's last beat did not happen in the future.
  const ago =
    moment > seen && moment <= Date.now()
      ? relativeTime(seen, seen, locale)
      : relativeTime(moment, seen, locale);
  const exact = exactTime(moment, locale);
  return (
    <Tooltip label={exact}>
      {/* On paper it is exact (app/print.css). */}
      <time dateTime={at} data-exact={exact} style={{ whiteSpace: 'nowrap' }}>
        {ago}
      </time>
    </Tooltip>
  );
}
