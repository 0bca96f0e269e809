import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../server/contract/stage.ts';
import { call, withQuery } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import type { PageOf } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { showTrouble } from '../../parts/notify.ts';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { When } from '../../parts/when.tsx';
import type { ExecutionDetail, ExecutionHead } from './answers.ts';
import { PickList } from './pick-list.tsx';

export interface RecordingPickerProps {
  readonly mappingId: string;
  readonly stage: Stage;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Given the calls of the run that was chosen. */
  readonly onPick: (http: ExecutionDetail['http']) => void;
}

/** Chooses a former run of a stage, test or live, whose answers shall stand in for the provider. */
export function RecordingPicker({ mappingId, stage, opened, onClose, onPick }: RecordingPickerProps) {
  const { t } = useTranslation('test');
  const take = (id: string): void => {
    call<ExecutionDetail>('GET', `/executions/${id}`).then(({ http }) => {
      onPick(http);
      onClose();
    }, showTrouble);
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('recording.pick', { stage })} size="lg">
      <Runs mappingId={mappingId} stage={stage} onPick={take} />
    </Modal>
  );
}

function Runs({
  mappingId,
  stage,
  onPick,
}: Pick<RecordingPickerProps, 'mappingId' | 'stage'> & { onPick: (id: string) => void }) {
  const { t } = useTranslation('test');
  const path = withQuery('/executions', { mappingId, stage, limit: 20 });
  const { data, error, isPending, refetch } = useRead<PageOf<ExecutionHead>>(path);
  if (isPending) return <LoadingState words={t('history.loading')} />;
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data.items.length === 0)
    return <EmptyState title={t('recording.pickNone', { stage })} text={t('recording.pickNoneText')} />;
  const choices = data.items.map(({ id, kind, ok, startedAt, runBy, taskId, version }) => ({
    key: id,
    title: [kind === 'test' ? t('title') : taskId, version === null ? undefined : `v${version}`]
      .filter(Boolean)
      .join(' · '),
    beside: <StatusBadge status={ok ? 'ok' : 'error'} />,
    below: (
      <>
        <When at={startedAt} /> · {runBy}
      </>
    ),
  }));
  return <PickList label={t('recording.pick', { stage })} choices={choices} onPick={onPick} />;
}
