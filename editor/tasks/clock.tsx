import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../app/language.ts';
import { exactTime } from '../parts/time.ts';

/**
 * The time of day of a moment in the viewer's zone; exact, with the date, on hover and for the keyboard.
 * @param props.minutes leaves the seconds out: some providers tell whole minutes only
 */
export function Clock({
  at,
  minutes,
  className,
}: {
  at: string;
  minutes: boolean;
  className: string | undefined;
}) {
  const locale = localeOf(useTranslation().i18n.language);
  const moment = Date.parse(at);
  const words = new Intl.DateTimeFormat(locale, {
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...(!minutes && { second: '2-digit' }),
  }).format(moment);
  return (
    <Tooltip label={exactTime(moment, locale)}>
      <time dateTime={at} className={className ?? ''}>
        {words}
      </time>
    </Tooltip>
  );
}

/** The day of a moment in the viewer's zone: "Sunday, November 22, 2026". The same for moments of one day. */
export function useDay(): (at: string) => string {
  const locale = localeOf(useTranslation().i18n.language);
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  return (at) => format.format(Date.parse(at));
}
