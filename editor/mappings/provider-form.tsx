import { Alert, Button, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../server/contract/mapping.ts';
import { wordsOf } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { AlertTitle } from './alert-title.tsx';
import type { FormLook } from './use-form-look.ts';

/** A form as the provider has it, or why it has none, before a mapping is made of it. */
export function ProviderForm({ look, onAgain }: { look: FormLook; onAgain: () => void }) {
  const { t } = useTranslation('mappings');
  if (look.state === 'none') return null;
  if (look.state === 'asking') return <LoadingState words={t('readingForm')} />;
  if (look.state === 'failed')
    return (
      <Alert
        color="orange"
        variant="outline"
        title={<AlertTitle>{t('formTrouble', { id: look.definitionId })}</AlertTitle>}
        role="alert"
      >
        <Text size="sm">{wordsOf(look.error)}</Text>
        <Text size="sm" mt="xs">
          {t('formTroubleHelp')}
        </Text>
        <Button size="compact-sm" variant="default" mt="sm" onClick={onAgain}>
          {t('askAgain')}
        </Button>
      </Alert>
    );
  return (
    <Alert
      color="green"
      variant="outline"
      role="status"
      title={<AlertTitle>{t('formKnown', { id: look.definitionId })}</AlertTitle>}
    >
      <Fields fields={look.fields} />
    </Alert>
  );
}

function Fields({ fields }: { fields: readonly FormField[] }) {
  const { t } = useTranslation('mappings');
  if (fields.length === 0) return <Text size="sm">{t('formNone')}</Text>;
  return (
    <>
      <Text size="sm">{t('formFields', { count: fields.length })}</Text>
      <List size="sm" mt="xs" mah="20rem" style={{ overflowY: 'auto' }}>
        {fields.map(({ name, type, required, options }) => (
          <List.Item key={name}>
            {name}{' '}
            <Text span size="xs" c="dimmed">
              {[
                type,
                ...(required ? [t('required')] : []),
                ...(options === undefined ? [] : [options.join(' / ')]),
              ].join(' · ')}
            </Text>
          </List.Item>
        ))}
      </List>
    </>
  );
}
