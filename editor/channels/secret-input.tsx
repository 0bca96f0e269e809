import { Button, Group, Input, PasswordInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyId } from '../parts/copy-id.tsx';
import { inputId } from './form-control.ts';
import type { FormControl } from './form-control.ts';
import { generatorOf } from './random-text.ts';

interface SecretInputProps {
  readonly setting: string;
  readonly label: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly control: FormControl;
}

/**
 * The input of a secret. One that is kept is never shown again, only its last characters; it stays unless it is replaced. One that
 * was made up here is shown in clear until it is saved: it must be entered at the provider too.
 */
export function SecretInput(props: SecretInputProps) {
  const { t } = useTranslation('channels');
  const { setting, label, description, control } = props;
  const kept = control.kept[setting] ?? '';
  if (control.readOnly || (kept !== '' && !control.replaced.has(setting)))
    return (
      <Input.Wrapper
        label={label}
        description={description}
        labelElement="div"
        error={control.errors[setting]}
      >
        <Group gap="sm" mt={4} mih={36}>
          <Text span className="mono">
            {kept === '' ? t('notSet') : kept}
          </Text>
          {kept !== '' && (
            <Text span size="sm" c="dimmed">
              {t('secretKept')}
            </Text>
          )}
          {!control.readOnly && (
            <Button
              id={inputId(setting)}
              size="compact-sm"
              variant="default"
              aria-label={`${t('replace')} ${label}`}
              onClick={() => control.replace(setting, true)}
            >
              {t('replace')}
            </Button>
          )}
        </Group>
      </Input.Wrapper>
    );
  return <NewSecret {...props} isReplacing={kept !== ''} />;
}

function NewSecret({
  setting,
  label,
  description,
  isRequired,
  isReplacing,
  control,
}: SecretInputProps & { isReplacing: boolean }) {
  const { t } = useTranslation('channels');
  const [generated, setGenerated] = useState('');
  const generate = generatorOf(setting);
  const value = control.values[setting] ?? '';
  const isGenerated = value !== '' && value === generated;
  const input = {
    ...{ id: inputId(setting), label, description, value, error: control.errors[setting] },
    ...{ withAsterisk: isRequired, 'aria-required': isRequired },
    // Else browsers offer to keep it as somebody's password.
    autoComplete: 'one-time-code',
    spellCheck: false,
    ...(!isRequired && { placeholder: t('optional') }),
    onChange: (event: ChangeEvent<HTMLInputElement>) => control.set(setting, event.currentTarget.value),
  };
  return (
    <div>
      {isGenerated ? (
        <TextInput {...input} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} />
      ) : (
        <PasswordInput {...input} data-autofocus={isReplacing || undefined} />
      )}
      {isGenerated && (
        <Text size="sm" mt={4}>
          <CopyId value={value} short={8} /> {t('generatedHelp')}
        </Text>
      )}
      <Group gap="xs" mt={6}>
        {generate !== undefined && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${t('generate')} ${label}`}
            onClick={() => {
              const made = generate();
              setGenerated(made);
              control.set(setting, made);
            }}
          >
            {t('generate')}
          </Button>
        )}
        {isReplacing && (
          <Button size="compact-sm" variant="subtle" onClick={() => control.replace(setting, false)}>
            {t('keepPresent')}
          </Button>
        )}
      </Group>
    </div>
  );
}
