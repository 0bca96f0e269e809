import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskShown, TaskSummary } from '../../../server/contract/task.ts';
import { call, withQuery } from '../../api/client.ts';
import type { PageOf } from '../../api/queries.ts';
import { useRead } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { showDone, showTrouble } from '../../parts/notify.ts';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { When } from '../../parts/when.tsx';
import { PickList } from './pick-list.tsx';
import type { VariableValues } from './presets.ts';

export interface TaskPickerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onPick: (variables: VariableValues) => void;
}

/** Takes the variables of a real task, found by a part of its id, name or submitter. The task itself is not touched. */
export function TaskPicker({ opened, onClose, onPick }: TaskPickerProps) {
  const { t } = useTranslation('test');
  const take = (taskId: string): void => {
    call<TaskShown>('GET', `/tasks/${encodeURIComponent(taskId)}`).then((task) => {
      onPick(task.variables);
      showDone(t('tasks.taken', { task: taskId }));
      onClose();
    }, showTrouble);
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('tasks.title')} size="lg">
      <Found onPick={take} />
    </Modal>
  );
}

function Found({ onPick }: { onPick: (taskId: string) => void }) {
  const { t } = useTranslation('test');
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 250);
  const { data, error, isPending, refetch } = useRead<PageOf<TaskSummary>>(
    withQuery('/tasks', { q, limit: 20 }),
  );
  const choices = (data?.items ?? []).map(
    ({ taskId, taskName, taskType, taskSubtype, status, createdAt }) => ({
      key: taskId,
      title: taskName === '' ? taskId : taskName,
      beside: <StatusBadge status={status} />,
      below: (
        <>
          <span className="mono">{taskId}</span> · {[taskType, taskSubtype].filter(Boolean).join(' · ')} ·{' '}
          <When at={createdAt} />
        </>
      ),
    }),
  );
  return (
    <>
      <TextInput
        data-autofocus
        label={t('tasks.search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        mb="sm"
      />
      {isPending && <LoadingState words={t('tasks.loading')} />}
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {data !== undefined && choices.length === 0 && (
        <EmptyState title={t('tasks.none')} text={t('tasks.noneText')} />
      )}
      <PickList label={t('tasks.title')} choices={choices} onPick={onPick} />
    </>
  );
}
