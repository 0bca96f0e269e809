const SECOND = 1_000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 24 * 3_600 * SECOND],
  ['month', 30 * 24 * 3_600 * SECOND],
  ['day', 24 * 3_600 * SECOND],
  ['hour', 3_600 * SECOND],
  ['minute', 60 * SECOND],
  ['second', SECOND],
];

/**
 * A moment as seen from another: "3 minutes ago", "in 2 days", "now".
 * @param at and `now` in milliseconds
 */
export function relativeTime(at: number, now: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const away = at - now;
  const [unit, size] = UNITS.find(([, each]) => Math.abs(away) >= each) ?? (['second', SECOND] as const);
  // Under ten seconds is now: nobody wants to see seconds count, and clocks differ by some.
  if (Math.abs(away) < 10 * SECOND) return words.format(0, 'second');
  return words.format(Math.trunc(away / size), unit);
}

/** A moment exactly, in the viewer's zone, which is named. */
export const exactTime = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    ...{ year: 'numeric', month: 'short', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
    hourCycle: 'h23',
  }).format(at);
