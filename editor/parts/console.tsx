import { Text } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunLog } from './run-result-run.ts';
import { EmptyState } from './empty-state.tsx';
import { FailureCard } from './run-result-failure.tsx';
import type { RunFailure } from './run-result-run.ts';
import classes from './console.module.css';

export interface ConsoleProps {
  readonly lines: readonly RunLog[];
  /** Why the run failed: stands behind the last line. */
  readonly failure?: RunFailure | undefined;
  /** Goes to a line of the script; without it the line is only named. */
  readonly onLine?: ((line: number, column: number) => void) | undefined;
}

/** What a script wrote, line by line, and the error that ended it, which is brought into view. Script output is text and nothing else. */
export function Console({ lines, failure, onLine }: ConsoleProps) {
  const { t } = useTranslation('test');
  const end = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (failure !== undefined && end.current !== null) bringIntoView(end.current);
  }, [failure]);
  if (lines.length === 0 && failure === undefined)
    return <EmptyState title={t('console.none')} text={t('console.noneText')} />;
  return (
    <>
      {lines.length > 0 && (
        <ol className={classes['lines']} aria-label={t('console.label')}>
          {lines.map(({ level, message, at }, index) => (
            <li key={index} className={classes['line']} data-level={level}>
              <time dateTime={at} className={classes['time']}>
                {timeOfDay(at)}
              </time>
              <span className={classes['level']}>{t(`console.level.${level}`)}</span>
              <span className={classes['message']}>{message}</span>
            </li>
          ))}
        </ol>
      )}
      {lines.length === 0 && (
        <Text size="sm" c="dimmed" my="xs">
          {t('console.none')}
        </Text>
      )}
      {failure !== undefined && (
        <div ref={end}>
          <FailureCard failure={failure} onLine={onLine} />
        </div>
      )}
    </>
  );
}

/** Scrolls the panel around an element so far that it is seen, or its beginning is; the page stays where it is. */
function bringIntoView(element: HTMLElement): void {
  const panel = element.closest('[role="tabpanel"]');
  if (panel === null) return;
  const [inner, outer] = [element.getBoundingClientRect(), panel.getBoundingClientRect()];
  panel.scrollTop += Math.max(0, Math.min(inner.top - outer.top, inner.bottom - outer.bottom));
}

/** `14:02:11.214` in the viewer's zone: within a run the milliseconds tell the lines apart. */
function timeOfDay(at: string): string {
  const moment = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const clock = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':');
  return `${clock}.${String(moment.getMilliseconds()).padStart(3, '0')}`;
}
