import { Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonMistake } from './json-text.ts';

export interface JsonFieldProps {
  readonly label: string;
  readonly description: ReactNode;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What is wrong with the text, in words. */
  readonly error: string | undefined;
  readonly minRows?: number;
}

/** A JSON text to be edited. It is kept as it is typed, wrong or not. */
export function JsonField({ label, description, value, onChange, error, minRows = 8 }: JsonFieldProps) {
  return (
    <Textarea
      {...{ label, description, value, minRows }}
      error={error}
      autosize
      maxRows={24}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Where a text stops being JSON, in words. */
export function useMistakeWords(): (mistake: JsonMistake) => string {
  const { t } = useTranslation('test');
  return ({ line, column, wanted, found }) =>
    t('json.mistake', {
      ...{ line, column },
      wanted: t(`json.wants.${wanted}`),
      found: found === '' ? t('json.endOfText') : `"${found}"`,
    });
}
