import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EventShown } from '../../server/contract/event.ts';
import { useRead } from '../api/queries.ts';
import { pathOfExecution } from '../executions/execution-columns.tsx';
import type { ExecutionHead } from '../executions/execution-columns.tsx';
import { JsonView, Pairs } from '../executions/facts.tsx';
import type { Execution } from '../executions/run-view.tsx';
import { HubWords } from '../parts/hub-words.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import classes from './event-sides.module.css';

/**
 * An event as it was pushed, decrypted, and as the callback script mapped it, side by side.
 * @param props.run the newest run of the callback stage for it; undefined when none has run, or none is known yet
 */
export function EventSides({ event, run }: { event: EventShown; run: ExecutionHead | undefined }) {
  const { t } = useTranslation('events');
  const { raw, payload } = event;
  const isFrame = raw !== null && 'frame' in raw;
  return (
    <ol className={classes['sides']} aria-label={t('sides')}>
      <Side title={t(isFrame ? 'frameTitle' : 'raw')} help={t(isFrame ? 'frameHelp' : 'rawHelp')}>
        {raw === null ? (
          <NotKept />
        ) : 'frame' in raw ? (
          <JsonView value={indented(raw.frame)} label={t('frame')} />
        ) : (
          <Stack gap="xs">
            <Pairs
              label={t('rawQuery')}
              pairs={Object.entries(raw.query).map(([name, value]) => ({ name, value }))}
            />
            <JsonView value={indented(raw.body)} label={t('rawBody')} />
          </Stack>
        )}
      </Side>
      <Side title={t(isFrame ? 'framePayload' : 'payload')} help={t('payloadHelp')}>
        {payload === null ? <NotKept /> : <JsonView value={payload} label={t('payload')} />}
      </Side>
      <Side title={t('mapped')} help={t('mappedHelp')}>
        {run === undefined ? (
          <Text size="sm">{event.outcome === 'waiting' ? t('mappedWaiting') : t('mappedNone')}</Text>
        ) : (
          <Mapped run={run} />
        )}
      </Side>
    </ol>
  );
}

function Side({ title, help, children }: { title: string; help: string; children: ReactNode }) {
  return (
    <li>
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {help}
      </Text>
      {children}
    </li>
  );
}

function NotKept() {
  const { t } = useTranslation('events');
  return (
    <Text size="sm">
      <b>{t('notKept')}.</b> {t('notKeptText')}
    </Text>
  );
}

/** What the callback script returned, or why it did not. */
function Mapped({ run }: { run: ExecutionHead }) {
  const { t } = useTranslation('events');
  const reading = useTranslation('executions').t;
  const { data } = useRead<Execution>(pathOfExecution(run), { staleMs: 3_600_000, enabled: run.ok });
  return (
    <Stack gap="xs">
      {!run.ok ? (
        <Text size="sm">
          {t('mappedFailed')} <code>{run.error?.code}</code> <HubWords text={run.error?.message ?? ''} />
        </Text>
      ) : data === undefined ? (
        <LoadingState words={reading('reading')} />
      ) : data.result === null ? (
        <Text size="sm">{t('mappedNull')}</Text>
      ) : (
        <JsonView value={data.result} label={t('mapped')} />
      )}
      <Anchor component={Link} to={pathOfExecution(run)} size="sm">
        {t('seeRun')}
      </Anchor>
    </Stack>
  );
}

/** A push's body is JSON at most providers; what is none is shown as it came. */
function indented(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
