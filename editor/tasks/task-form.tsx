import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TaskShown } from '../../server/contract/task.ts';
import { useRead } from '../api/queries.ts';
import { pathOfExecution } from '../executions/execution-columns.tsx';
import type { ExecutionHead } from '../executions/execution-columns.tsx';
import { Pairs } from '../executions/facts.tsx';
import type { Execution } from '../executions/run-view.tsx';
import { sentFields } from '../parts/run-result-form.ts';

const KEPT_MS = 3_600_000;

/**
 * The form of a task's approval: as the provider has it or, until it has been asked, as the create script sent it.
 * @param props.runs of the task, newest first
 */
export function SentForm({
  task: { approval },
  runs,
  provider,
}: {
  task: TaskShown;
  runs: readonly ExecutionHead[];
  provider: string;
}) {
  const { t } = useTranslation('tasks');
  const told = approval?.form ?? [];
  const created = runs.find(({ stage, ok }) => stage === 'create' && ok);
  const sent = useRead<Execution>(pathOfExecution({ id: created?.id ?? '' }), {
    staleMs: KEPT_MS,
    enabled: created !== undefined && told.length === 0 && approval !== null,
  });
  const prepared = sentFields(sent.data?.prepared) ?? [];
  const fields = told.length > 0 ? told : prepared;
  if (fields.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {approval === null ? t('formNone') : t('formNotYet', { provider })}
      </Text>
    );
  return (
    <>
      {told.length === 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('formPrepared', { provider })}
        </Text>
      )}
      <Pairs
        label={t('form')}
        pairs={fields.map(({ name, value }) => ({
          name,
          value:
            value === null || value === '' ? (
              <Text span size="sm" c="dimmed" children={t('emptyValue')} />
            ) : (
              value
            ),
        }))}
      />
    </>
  );
}
