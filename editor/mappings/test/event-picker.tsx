import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventShown, EventSummary } from '../../../server/contract/event.ts';
import { call, withQuery } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import type { PageOf } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { showDone, showTrouble } from '../../parts/notify.ts';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { When } from '../../parts/when.tsx';
import { PickList } from './pick-list.tsx';

export interface EventPickerProps {
  readonly channelId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onPick: (payload: Record<string, unknown>) => void;
}

/** Takes the payload of an event that the provider really pushed. */
export function EventPicker({ channelId, opened, onClose, onPick }: EventPickerProps) {
  const { t } = useTranslation('test');
  const take = (id: string): void => {
    call<EventShown>('GET', `/events/${id}`).then(({ payload }) => {
      if (payload === null) {
        showTrouble(new Error(t('events.foreign')));
        return;
      }
      onPick(payload);
      showDone(t('events.taken'));
      onClose();
    }, showTrouble);
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('events.title')} size="lg">
      <Latest channelId={channelId} onPick={take} />
    </Modal>
  );
}

function Latest({ channelId, onPick }: { channelId: string; onPick: (id: string) => void }) {
  const { t } = useTranslation('test');
  const path = withQuery('/events', { channelId, limit: 50 });
  const { data, error, isPending, refetch } = useRead<PageOf<EventSummary>>(path);
  if (isPending) return <LoadingState words={t('events.loading')} />;
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data.items.length === 0) return <EmptyState title={t('events.none')} text={t('events.noneText')} />;
  const choices = data.items.map(({ id, type, outcome, receivedAt, taskId, approvalInstanceId }) => ({
    key: id,
    title: type === '' ? t('events.untyped') : type,
    beside: <StatusBadge status={outcome} />,
    below: (
      <>
        <When at={receivedAt} /> <span className="mono">{taskId ?? approvalInstanceId}</span>
      </>
    ),
    refused: outcome === 'foreign' ? ` · ${t('events.foreign')}` : undefined,
  }));
  return <PickList label={t('events.title')} choices={choices} onPick={onPick} />;
}
