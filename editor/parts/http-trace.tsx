import { Text } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunCall } from './run-result-run.ts';
import { EmptyState } from './empty-state.tsx';
import { TracedCallDetail } from './http-trace-call.tsx';
import { barWidths, placeOf } from './http-trace-text.ts';
import classes from './http-trace.module.css';

/**
 * The HTTP calls of a run, one row each, which opens to what was asked and answered. All of it is text from outside.
 * @param props.calls in the order in which the script made them
 */
export function HttpTrace({ calls }: { calls: readonly RunCall[] }) {
  const { t } = useTranslation('test');
  if (calls.length === 0) return <EmptyState title={t('http.none')} text={t('http.noneText')} />;
  const widths = barWidths(calls.map(({ durationMs }) => durationMs));
  return (
    <ol className={classes['calls']} aria-label={t('http.label')}>
      {calls.map((call, index) => (
        <CallRow key={index} call={call} width={widths[index] ?? 0} />
      ))}
    </ol>
  );
}

/** Whether a call is shown as one that went wrong. Some providers refuse with status 200; that the console tells. */
const isBad = ({ status, response }: RunCall): boolean => response === null || status >= 400;

function CallRow({ call, width }: { call: RunCall; width: number }) {
  const { t } = useTranslation('test');
  const [open, setOpen] = useState(false);
  const id = useId();
  const { method, url, status, durationMs } = call;
  const { host, path } = placeOf(url);
  return (
    <li className={classes['call']}>
      <button
        type="button"
        className={classes['row']}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} aria-hidden className={classes['chevron']} />
        <span className={classes['method']}>{method}</span>
        <span className={classes['place']} title={url}>
          {path}
          <Text span size="xs" c="dimmed" className={classes['host']}>
            {host}
          </Text>
        </span>
        <span className={classes['status']} data-bad={isBad(call)}>
          {status === 0 ? t('http.noAnswer') : status}
        </span>
        <span className={classes['ms']}>{t('http.ms', { ms: durationMs })}</span>
        <span className={classes['track']} aria-hidden>
          <span className={classes['bar']} data-bad={isBad(call)} style={{ width: `${width}%` }} />
        </span>
      </button>
      <div id={id} hidden={!open}>
        {open && <TracedCallDetail call={call} />}
      </div>
    </li>
  );
}
