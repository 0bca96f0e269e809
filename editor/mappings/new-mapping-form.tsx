import { Alert, Button, List, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ApprovalForm } from '../../server/contract/mapping.ts';
import { call } from '../api/client.ts';
import { refresh, useRead } from '../api/queries.ts';
import { ErrorState, wordsOf } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { AlertTitle } from './alert-title.tsx';
import { errorOf } from '../parts/field-errors.ts';
import type { MappingDetail } from './types.ts';

/** The form of a new mapping as the provider tells it, or why it tells nothing, with the id to correct. */
export function NewMappingForm({
  made,
  onChanged,
}: {
  made: MappingDetail;
  onChanged: (mapping: MappingDetail) => void;
}) {
  const { t } = useTranslation('mappings');
  const form = useRead<ApprovalForm>(`/mappings/${made.id}/form`, { staleMs: Infinity });
  const goOn = (
    <div>
      <Button component={Link} to={`/mappings/${made.id}`} autoFocus>
        {t('goOn')}
      </Button>
    </div>
  );
  if (form.isPending) return <LoadingState words={t('readingForm')} />;
  const fields = form.data?.fields;
  return (
    <Stack gap="md" maw={720}>
      <Text role="status">{t('created')}</Text>
      {fields === undefined ? (
        <WrongId made={made} onChanged={onChanged} trouble={form.error} />
      ) : (
        <Alert color="green" variant="outline" title={<AlertTitle>{made.approvalDefinitionId}</AlertTitle>}>
          <Text size="sm">
            {fields.length === 0 ? t('formNone') : t('formFields', { count: fields.length })}
          </Text>
          <List size="sm" mt="xs">
            {fields.map(({ name, type, required }) => (
              <List.Item key={name}>
                {name}{' '}
                <Text span size="xs" c="dimmed">
                  {type}
                  {required && ` · ${t('required')}`}
                </Text>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {goOn}
    </Stack>
  );
}

interface WrongIdProps {
  readonly made: MappingDetail;
  readonly onChanged: (mapping: MappingDetail) => void;
  readonly trouble: unknown;
}

function WrongId({ made, onChanged, trouble }: WrongIdProps) {
  const { t } = useTranslation('mappings');
  const [approvalDefinitionId, setDefinition] = useState(made.approvalDefinitionId);
  const change = useMutation({
    mutationFn: () =>
      call<MappingDetail>('PATCH', `/mappings/${made.id}`, { body: { approvalDefinitionId } }),
    onSuccess: async (mapping) => {
      onChanged(mapping);
      await refresh(`/mappings/${made.id}`);
    },
  });
  return (
    <Alert color="orange" variant="outline" title={<AlertTitle>{t('formTrouble')}</AlertTitle>} role="alert">
      <Text size="sm">{wordsOf(trouble)}</Text>
      <Text size="sm" mt="xs">
        {t('formTroubleHelp')}
      </Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <TextInput
          mt="sm"
          label={t('definition')}
          value={approvalDefinitionId}
          onChange={(event) => setDefinition(event.currentTarget.value)}
          error={errorOf(change.error, 'approvalDefinitionId')}
        />
        {change.error !== null && <ErrorState error={change.error} />}
        <Button type="submit" mt="sm" variant="default" disabled={change.isPending}>
          {t('askAgain')}
        </Button>
      </form>
    </Alert>
  );
}
