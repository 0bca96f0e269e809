import { Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pairs } from '../executions/facts.tsx';

/** What the platform submitted: the variables that are not empty, and the others when asked for. */
export function TaskVariables({ variables }: { variables: Readonly<Record<string, string>> }) {
  const { t } = useTranslation('tasks');
  const [all, setAll] = useState(false);
  const shown = Object.entries(variables).filter(([, value]) => all || value !== '');
  return (
    <>
      <Switch
        mb="sm"
        label={t('variablesAll')}
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      <Pairs
        label={t('variables')}
        pairs={shown.map(([name, value]) => ({
          name: <code>{name}</code>,
          value: value === '' ? <Text span size="sm" c="dimmed" children={t('emptyValue')} /> : value,
        }))}
      />
    </>
  );
}
