import { Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunLog } from './run-result-run.ts';
import { fittingLines, LEAST_LEVELS, linesText } from './console-lines.ts';
import type { LeastLevel } from './console-lines.ts';
import { CopyButton } from './copy-button.tsx';
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

/** From so many lines on one looks for some of them. */
const MANY = 6;

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
      {lines.length >= MANY ? <ManyLines lines={lines} /> : lines.length > 0 && <Lines lines={lines} />}
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

function Lines({ lines }: { lines: readonly RunLog[] }) {
  const { t } = useTranslation('test');
  return (
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
  );
}

/** With what finds some of them: by their level, by a text. */
function ManyLines({ lines }: { lines: readonly RunLog[] }) {
  const { t } = useTranslation('test');
  const [least, setLeast] = useState<LeastLevel>('all');
  const [text, setText] = useState('');
  const fitting = fittingLines(lines, least, text);
  return (
    <>
      <Group gap="xs" mb="xs">
        <TextInput
          type="search"
          size="xs"
          flex="1 1 8rem"
          aria-label={t('console.filter')}
          placeholder={t('console.filter')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('console.least')}
          value={least}
          onChange={setLeast}
          data={LEAST_LEVELS.map((value) => ({ value, label: t(`console.leastLevel.${value}`) }))}
        />
        <CopyButton label={t('console.copy')} width="6rem" text={() => linesText(fitting)} />
      </Group>
      <Text size="xs" c="dimmed" mb={4} role="status">
        {fitting.length < lines.length &&
          t('console.fitting', { fitting: fitting.length, count: lines.length })}
      </Text>
      {fitting.length > 0 && <Lines lines={fitting} />}
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
