import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readVariables } from './inputs.ts';
import type { Inputs } from './inputs.ts';
import { JsonField, useMistakeWords } from './json-field.tsx';
import { prettyJson } from './json-text.ts';
import type { VariableValues } from './presets.ts';
import type { ChangeInputs } from './use-inputs.ts';

/** The sample task's variables as JSON: the same values as in the form. A text that cannot be read is kept until it can. */
export function VariablesJson({
  inputs,
  change,
  names,
}: {
  inputs: Inputs;
  change: ChangeInputs;
  names: readonly string[];
}) {
  const { t } = useTranslation('test');
  const mistakeWords = useMistakeWords();
  const { variables, brokenVariables } = inputs;
  // While it can be read, the text is the person's own (blanks and order included) as long as it says what the form says.
  const [typed, setTyped] = useState<string>();
  const text =
    brokenVariables ?? (typed !== undefined && says(typed, variables, names) ? typed : prettyJson(variables));
  const read = readVariables(text, names);
  const error =
    'mistake' in read
      ? mistakeWords(read.mistake)
      : 'wrong' in read
        ? read.wrong.length === 0
          ? t('input.notAnObject')
          : t('input.wrongNames', { count: read.wrong.length, names: read.wrong.join(', ') })
        : undefined;
  return (
    <JsonField
      label={t('input.variablesJson')}
      description={t('input.jsonHint')}
      value={text}
      error={error}
      minRows={12}
      onChange={(next) => {
        setTyped(next);
        const now = readVariables(next, names);
        change((before) =>
          'values' in now
            ? { ...before, variables: now.values, brokenVariables: undefined }
            : { ...before, brokenVariables: next },
        );
      }}
    />
  );
}

function says(text: string, variables: VariableValues, names: readonly string[]): boolean {
  const read = readVariables(text, names);
  return 'values' in read && JSON.stringify(read.values) === JSON.stringify(variables);
}
