import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EventSummary } from '../../server/contract/event.ts';
import { nameIn, useChannelNames } from '../lists/names.ts';
import { CopyId } from '../parts/copy-id.tsx';
import type { Column } from '../parts/paged-list.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';
import { useReasonText } from './reason.ts';

/** Where an event is read, below /api/v1 and in the editor alike. */
export const pathOfEvent = ({ id }: { readonly id: string }): string => `/events/${id}`;

/**
 * What lists show of each event.
 * @param without columns that say the same in every row, as the task's in a task's own list
 */
export function useEventColumns(without: readonly string[] = []): readonly Column<EventSummary>[] {
  const { t } = useTranslation('events');
  const columns: Column<EventSummary>[] = [
    {
      key: 'type',
      head: t('type'),
      width: '13rem',
      cell: ({ type }) => (type === '' ? t('noType') : <span className="mono">{type}</span>),
    },
    { key: 'outcome', head: t('outcome'), cell: (event) => <Outcome {...event} /> },
    {
      key: 'task',
      head: t('task'),
      width: '10rem',
      cell: ({ taskId }) =>
        taskId !== undefined && (
          <Anchor
            component={Link}
            to={`/tasks/${encodeURIComponent(taskId)}`}
            size="sm"
            className="mono clamped"
          >
            {taskId}
          </Anchor>
        ),
    },
    {
      key: 'approval',
      head: t('approval'),
      width: '8rem',
      cell: ({ approvalInstanceId: id }) => id !== undefined && <CopyId value={id} short={8} />,
    },
    {
      key: 'channel',
      head: t('channel'),
      width: '12rem',
      cell: ({ channelId }) => <ChannelName id={channelId} />,
    },
    { key: 'at', head: t('received'), width: '8.5rem', cell: ({ receivedAt }) => <When at={receivedAt} /> },
  ];
  return columns.filter(({ key }) => !without.includes(key));
}

function Outcome({ outcome, reason }: EventSummary) {
  const text = useReasonText(reason);
  return (
    <div>
      <StatusBadge status={outcome} />
      {text !== undefined && (
        <Text size="xs" c="dimmed" lineClamp={2} title={text}>
          {text}
        </Text>
      )}
    </div>
  );
}

function ChannelName({ id }: { id: string }) {
  return nameIn(useChannelNames(), id, `${id.slice(0, 8)}…`);
}
