import { Button, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApprovalShown } from '../../server/contract/approval.ts';
import type { Overview } from '../../server/contract/overview.ts';
import type { submitted, TaskShown } from '../../server/contract/task.ts';
import { call } from '../api/client.ts';
import { refresh, useRead } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { useChannelNames } from '../lists/names.ts';
import { useConfirm } from '../parts/confirm.tsx';
import { HubWords } from '../parts/hub-words.tsx';
import { showDone, showTrouble } from '../parts/notify.ts';
import { isAtSimulator, simulatorPage } from '../parts/simulator.ts';
import { retryDoes, revokeDoes } from './advice.ts';
import { pathOfTask } from './task-path.ts';
import { isOver } from './waiting.ts';

interface ActionProps {
  readonly task: TaskShown;
  /** What people call it. */
  readonly provider: string;
}

/** What a person may do with a task as it stands: those that the hub would refuse are not there. */
export function TaskActions({ task, provider }: ActionProps) {
  const mayAct = useMay('submitter');
  const { status, approval } = task;
  const mayEnd = status === 'submitted' || status === 'pending';
  return (
    <>
      {mayAct && mayEnd && <Revoke task={task} provider={provider} />}
      {mayAct && approval !== null && !isOver(task) && <Sync task={task} provider={provider} />}
      {mayAct && status === 'failed' && <Retry task={task} provider={provider} />}
      {approval !== null && <Open approval={approval} provider={provider} />}
    </>
  );
}

/** Leads to the approval at the provider, or in the simulator that stands in for it; not there where neither has a page for it. */
function Open({ approval, provider }: { approval: ApprovalShown; provider: string }) {
  const { t } = useTranslation('tasks');
  const channel = useChannelNames()?.find(({ id }) => id === approval.channelId);
  const isSimulated = channel !== undefined && isAtSimulator(channel.apiBaseUrl);
  const { data } = useRead<Overview>('/overview', { enabled: isSimulated });
  const page =
    isSimulated && data !== undefined
      ? simulatorPage(
          channel.apiBaseUrl,
          approval.approvalInstanceId,
          data.simulators.map(({ path }) => path),
        )
      : undefined;
  const href = isSimulated ? page : approval.url;
  if (channel === undefined || href === undefined) return null;
  return (
    <Button
      component="a"
      href={href}
      target="_blank"
      rel="noreferrer"
      variant="default"
      rightSection={<IconExternalLink size={14} aria-label={t('newTab')} />}
    >
      {isSimulated ? t('openAtSimulator') : t('openAt', { provider })}
    </Button>
  );
}

/** The most that the hub takes (server/contract/task.ts). */
const LONGEST_REASON = 1000;

type Submitted = z.infer<typeof submitted>;

function Revoke({ task, provider }: ActionProps) {
  const { t } = useTranslation('tasks');
  const confirm = useConfirm();
  const { taskId } = task;
  const revoke = useMutation({
    mutationFn: (reason: string) =>
      call<Submitted>('POST', `${pathOfTask(task)}/revoke`, { body: reason === '' ? {} : { reason } }),
    onSuccess: ({ status }) => showDone(status === 'revoked' ? t('revoked') : t('revokeNoted', { provider })),
    onError: showTrouble,
    onSettled: () => refresh('/tasks', '/executions'),
  });
  const ask = async (): Promise<void> => {
    const given = await confirm({
      ...{
        title: t('revokeTitle', { taskId }),
        text: t(revokeDoes(task), { provider }),
        confirm: t('revokeDo'),
      },
      ...{ danger: true, ask: { label: t('revokeReason'), maxLength: LONGEST_REASON } },
    });
    if (given !== false) revoke.mutate(given.answer);
  };
  return (
    <Button variant="default" disabled={revoke.isPending} onClick={() => void ask()}>
      {t('revoke')}
    </Button>
  );
}

/** The provider may take its time, and the run that asks it 20 s. */
const SYNC_PATIENCE_MS = 60_000;

function Sync({ task, provider }: ActionProps) {
  const { t } = useTranslation('tasks');
  const parts = useTranslation('parts').t;
  const queries = useQueryClient();
  const path = pathOfTask(task);
  const sync = useMutation({
    mutationFn: () => call<TaskShown>('POST', `${path}/sync`, { timeoutMs: SYNC_PATIENCE_MS }),
    onSuccess: (asked) => {
      queries.setQueryData([path], asked);
      const status = parts(`status.${asked.approval?.status ?? asked.status}`);
      showDone(t('synced', { provider, status }));
    },
    onError: showTrouble,
    onSettled: () => refresh('/tasks', '/executions'),
  });
  return (
    <Tooltip label={t('syncHelp', { provider })}>
      <Button
        variant="default"
        aria-busy={sync.isPending}
        onClick={() => {
          if (!sync.isPending) sync.mutate();
        }}
      >
        {sync.isPending ? t('syncing', { provider }) : t('sync')}
      </Button>
    </Tooltip>
  );
}

function Retry({ task, provider }: ActionProps) {
  const { t } = useTranslation('tasks');
  const confirm = useConfirm();
  const { taskId, reason } = task;
  const retry = useMutation({
    mutationFn: () => call<Submitted>('POST', `${pathOfTask(task)}/retry`),
    onSuccess: () => showDone(t('retried')),
    onError: showTrouble,
    onSettled: () => refresh('/tasks', '/executions'),
  });
  const ask = async (): Promise<void> => {
    const text = (
      <>
        <Text>{t(retryDoes(task), { provider })}</Text>
        {reason !== undefined && (
          <Text size="sm" c="dimmed" mt="sm" style={{ overflowWrap: 'anywhere' }}>
            <code>{reason.code}</code> <HubWords text={reason.message} />
          </Text>
        )}
      </>
    );
    if ((await confirm({ title: t('retryTitle', { taskId }), text, confirm: t('retryDo') })) !== false)
      retry.mutate();
  };
  return (
    <Button disabled={retry.isPending} onClick={() => void ask()}>
      {t('retry')}
    </Button>
  );
}
