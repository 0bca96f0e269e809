import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MappingChoice } from './reads.ts';

interface MappingSelectProps {
  readonly label: string;
  readonly isLabelShown?: boolean;
  readonly mappings: readonly MappingChoice[];
  readonly value: string | null;
  readonly placeholder: string;
  readonly error?: string | undefined;
  readonly choose: (mappingId: string) => void;
}

/** A choice of one mapping by name; what was never published says so. */
export function MappingSelect({
  label,
  isLabelShown = false,
  mappings,
  value,
  placeholder,
  error,
  choose,
}: MappingSelectProps) {
  const { t } = useTranslation('bindings');
  const data = mappings.map(({ id, name, publishedVersion }) => ({
    value: id,
    label: publishedVersion === null ? t('unpublishedChoice', { name }) : name,
  }));
  return (
    <Select
      {...(isLabelShown ? { label } : { 'aria-label': label })}
      data={data}
      value={value}
      placeholder={placeholder}
      error={error}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('noSuchMapping')}
      comboboxProps={{ transitionProps: { duration: 100 } }}
      onChange={(chosen) => {
        if (chosen !== null && chosen !== value) choose(chosen);
      }}
    />
  );
}
