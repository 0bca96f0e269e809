import { Alert, Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskShown } from '../../server/contract/task.ts';
import { useMay } from '../app/session.tsx';
import { HubWords } from '../parts/hub-words.tsx';
import { When } from '../parts/when.tsx';
import { adviceFor } from './advice.ts';
import { waitingFor } from './waiting.ts';
import { momentOf, useWaitingText } from './waiting-text.ts';

interface TaskHeadProps {
  readonly task: TaskShown;
  /** What people call it. */
  readonly provider: string;
  /** Whether the provider is being asked who decides. */
  readonly asking: boolean;
  /** The page of the run that the task failed of, where one is known. */
  readonly failedRun: string | undefined;
}

/** Below a task's title: whom or what it waits for, or why it failed and what to do. */
export function TaskHead({ task, provider, asking, failedRun }: TaskHeadProps) {
  const { t } = useTranslation('tasks');
  const maySync = useMay('submitter');
  const waiting = waitingFor(task);
  const text = useWaitingText(waiting, provider);
  if (task.reason !== undefined) return <Failed reason={task.reason} {...{ provider, failedRun }} />;
  if (text === undefined) return null;
  const moment = momentOf(waiting);
  return (
    <Text mb="md">
      {waiting.for === 'first look' && asking ? t('waitingAsking', { provider }) : text}
      {moment !== undefined && (
        <>
          {' '}
          <When at={moment} />
        </>
      )}
      {waiting.for === 'first look' && !asking && maySync && ` ${t('pressSync')}`}
      {waiting.for === 'people' && (
        <Text span c="dimmed">
          {' · '}
          {t('decidedOf', { decided: waiting.decided, count: waiting.all })}
        </Text>
      )}
    </Text>
  );
}

function Failed({
  reason,
  provider,
  failedRun,
}: Omit<TaskHeadProps, 'task' | 'asking'> & { readonly reason: NonNullable<TaskShown['reason']> }) {
  const { t } = useTranslation('tasks');
  return (
    <Alert color="red" variant="outline" mb="md" p="sm" title={<code>{reason.code}</code>}>
      <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        <HubWords text={reason.message} />
      </Text>
      <Text size="sm" mt="xs">
        <b>{t('whatToDo')}:</b> {t(`advice.${adviceFor(reason.code)}`, { provider })}{' '}
        {failedRun !== undefined && (
          <Anchor component={Link} to={failedRun} inherit underline="always">
            {t('seeFailedRun')}
          </Anchor>
        )}
      </Text>
    </Alert>
  );
}
