import { Button, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VariableCatalogue } from '../../../server/contract/catalogue.ts';
import { SQL_CONTENT_CHARACTERS, SQL_FULL_CONTENT_CHARACTERS } from '../../../server/contract/variables.ts';
import { charactersOf, FIXED_VARIABLE } from './inputs.ts';
import { useMeaning } from '../../parts/meaning.ts';
import type { VariableValues } from './presets.ts';
import classes from './test-panel.module.css';

/** Variables that are cut by the hub, and so many characters of them are left. */
const MOST: Readonly<Record<string, number>> = {
  SQL_CONTENT: SQL_CONTENT_CHARACTERS,
  SQL_FULL_CONTENT: SQL_FULL_CONTENT_CHARACTERS,
};

export interface VariableFormProps {
  readonly catalogue: VariableCatalogue;
  /** The names that the script reads; the others are folded away. */
  readonly used: readonly string[];
  readonly values: VariableValues;
  readonly definitionId: string;
  readonly onChange: (name: string, value: string) => void;
}

/** The sample task's variables as a form, those first that the script reads. */
export function VariableForm({ catalogue, used, values, definitionId, onChange }: VariableFormProps) {
  const { t } = useTranslation('test');
  const [open, setOpen] = useState(false);
  const id = useId();
  const first = catalogue.filter(({ name }) => used.includes(name));
  const others = catalogue.filter(({ name }) => !used.includes(name));
  const fieldOf = (variable: VariableCatalogue[number]) => (
    <VariableField
      key={variable.name}
      variable={variable}
      value={variable.name === FIXED_VARIABLE ? definitionId : (values[variable.name] ?? '')}
      hasFull={(values['SQL_FULL_CONTENT'] ?? '') !== ''}
      onChange={(value) => onChange(variable.name, value)}
    />
  );
  return (
    <Stack gap="xs">
      {first.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('input.usedNone')}
        </Text>
      ) : (
        <Stack gap="xs" role="group" aria-label={t('input.used')}>
          {first.map(fieldOf)}
        </Stack>
      )}
      {others.length > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          justify="flex-start"
          w="fit-content"
          aria-expanded={open}
          aria-controls={id}
          leftSection={
            open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />
          }
          onClick={() => setOpen(!open)}
        >
          {open ? t('input.fewer') : t('input.more', { count: others.length })}
        </Button>
      )}
      <Stack gap="xs" id={id} hidden={!open}>
        {open && others.map(fieldOf)}
      </Stack>
    </Stack>
  );
}

interface VariableFieldProps {
  readonly variable: VariableCatalogue[number];
  readonly value: string;
  /** Whether SQL_FULL_CONTENT has a value, of which an empty SQL_CONTENT is the start. */
  readonly hasFull: boolean;
  readonly onChange: (value: string) => void;
}

function VariableField({ variable, value, hasFull, onChange }: VariableFieldProps) {
  const { t } = useTranslation('test');
  const meaningOf = useMeaning();
  const { name, sample } = variable;
  const most = MOST[name];
  const length = charactersOf(value);
  const told =
    most === undefined || value === ''
      ? undefined
      : length > most
        ? t('input.cutTo', { count: length, most })
        : t('input.ofLength', { count: length, most });
  const id = useId();
  const common = {
    id,
    'aria-describedby': `${id}-meaning`,
    placeholder:
      name === 'SQL_CONTENT' && hasFull
        ? t('input.startOfFull')
        : sample === ''
          ? ''
          : t('input.sample', { sample }),
    value,
    size: 'xs',
    spellCheck: false,
    autoComplete: 'off',
  } as const;
  const isLong = most !== undefined || value.includes('\n');
  return (
    <div className={classes['variable']}>
      <label htmlFor={id}>
        {name}
        <span className={classes['meaning']} id={`${id}-meaning`}>
          {name === FIXED_VARIABLE ? t('input.fixed') : meaningOf(variable)}
          {told !== undefined && ` · ${told}`}
        </span>
      </label>
      {name === FIXED_VARIABLE ? (
        <TextInput {...common} readOnly />
      ) : isLong ? (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...common} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
    </div>
  );
}
