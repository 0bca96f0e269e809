import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskShown } from '../../server/contract/task.ts';
import { Facts } from '../executions/facts.tsx';
import { nameIn, useChannelNames, useMappingNames } from '../lists/names.ts';
import { CopyId } from '../parts/copy-id.tsx';
import { When } from '../parts/when.tsx';

/** What a task is, by which mapping and version it is handled, and where its approval is. */
export function TaskFacts({ task, provider }: { task: TaskShown; provider: string }) {
  const { t } = useTranslation('tasks');
  const { taskId, taskType, taskSubtype, submitter, submittedBy, createdAt, approval, opening } = task;
  const { channelId, mappingId, version } = approval ?? opening;
  const channels = useChannelNames();
  const mappings = useMappingNames();
  return (
    <Facts
      label={t('facts')}
      facts={[
        { name: t('taskId'), value: <CopyId value={taskId} /> },
        { name: t('kind'), value: taskSubtype === null ? taskType : `${taskType} · ${taskSubtype}` },
        { name: t('submitter'), value: submitter !== '' && submitter },
        {
          name: t('submittedBy'),
          value: (
            <>
              <When at={createdAt} /> {t('submittedByWhom', { name: submittedBy })}
            </>
          ),
        },
        {
          name: t('mapping'),
          value: (
            <>
              <Anchor component={Link} to={`/mappings/${mappingId}`} size="sm">
                {nameIn(mappings, mappingId)}
              </Anchor>
              {' · '}
              <Anchor
                component={Link}
                to={`/mappings/${mappingId}/compare?from=${String(version)}&to=draft`}
                size="sm"
              >
                {t('version', { version })}
              </Anchor>
            </>
          ),
        },
        {
          name: t('channel'),
          value: (
            <Anchor component={Link} to={`/channels/${channelId}`} size="sm">
              {nameIn(channels, channelId)}
            </Anchor>
          ),
        },
        {
          name: t('approval'),
          value:
            approval === null ? (
              t('noApproval', { provider })
            ) : (
              <CopyId value={approval.approvalInstanceId} short={20} />
            ),
        },
        { name: t('lastAsked'), value: approval?.syncedAt !== undefined && <When at={approval.syncedAt} /> },
        {
          name: t('nextAsk'),
          value: approval?.nextSyncAt !== undefined && <When at={approval.nextSyncAt} />,
        },
      ]}
    />
  );
}
