import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from './audit-filter.ts';
import { ACTIONS, OBJECT_TYPES, useAuditWords } from './audit-words.ts';

/** The inputs of the audit record's filters. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation('settings');
  const { actionOf, objectOf } = useAuditWords();
  const { query, texts, isFiltered, choose, type, clear } = filter;
  return (
    <Group gap="sm" mb="md" align="end">
      <NativeSelect
        label={t('audit.objectType')}
        value={query.objectType ?? ''}
        data={[
          { value: '', label: t('audit.anyType') },
          ...OBJECT_TYPES.map((each) => ({ value: each, label: objectOf(each) })),
        ]}
        onChange={(event) => choose('objectType', event.currentTarget.value)}
      />
      <NativeSelect
        label={t('audit.action')}
        value={query.action ?? ''}
        data={[
          { value: '', label: t('audit.anyAction') },
          ...ACTIONS.map((each) => ({ value: each, label: actionOf(each) })),
        ]}
        onChange={(event) => choose('action', event.currentTarget.value)}
      />
      {(['by', 'objectId'] as const).map((each) => (
        <TextInput
          key={each}
          label={t(`audit.${each}`)}
          placeholder={t('audit.filterHelp')}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={texts[each]}
          onChange={(event) => type(each, event.currentTarget.value)}
        />
      ))}
      {isFiltered && (
        <Button variant="subtle" onClick={clear}>
          {t('audit.clear')}
        </Button>
      )}
    </Group>
  );
}
