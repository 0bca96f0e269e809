import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Compared } from './types.ts';

/** What two states of a mapping differ in beside their scripts. */
export function OtherChanges({ changes }: { changes: Pick<Compared, 'approvalDefinitionId' | 'limits'> }) {
  const { t } = useTranslation('versions');
  const { approvalDefinitionId, limits } = changes;
  const inWords = (given: Readonly<Record<string, number>>): string =>
    Object.entries(given)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ') || t('limitsNone');
  return (
    <>
      {approvalDefinitionId.changed && (
        <Text size="sm">
          {t('definitionChanged', { from: approvalDefinitionId.from, to: approvalDefinitionId.to })}
        </Text>
      )}
      {limits.changed && (
        <Text size="sm">{t('limitsChanged', { from: inWords(limits.from), to: inWords(limits.to) })}</Text>
      )}
    </>
  );
}
