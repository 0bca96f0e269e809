import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import { inputId } from './form-control.ts';
import type { FormControl } from './form-control.ts';
import { CallbackTypeInput } from './callback-type-input.tsx';
import { SecretInput } from './secret-input.tsx';
import { useTold } from './told.ts';

interface SettingInputProps {
  readonly provider: ProviderEntry;
  /** `name`, `callbackType`, or one of the provider's fields. */
  readonly setting: string;
  readonly control: FormControl;
}

/** The input of one setting of a channel, with the catalogue's words for it. */
export function SettingInput({ provider, setting, control }: SettingInputProps) {
  const { t } = useTranslation('channels');
  const told = useTold();
  if (setting === 'callbackType') return <CallbackTypeInput provider={provider} control={control} />;
  const field = provider.fields.find(({ key }) => key === setting);
  const words =
    field === undefined
      ? { label: t('name'), description: t('nameHelp') }
      : { label: told(field.label), description: told(field.help) };
  const isRequired = field?.required ?? true;
  if (field?.secret === true)
    return <SecretInput setting={setting} {...words} isRequired={isRequired} control={control} />;
  return (
    <TextInput
      id={inputId(setting)}
      {...words}
      // Not `required`: the browser would stop the form before the hub could say in its own words what is wrong.
      withAsterisk={isRequired && !control.readOnly}
      aria-required={isRequired}
      {...(control.readOnly ? { placeholder: t('notSet') } : !isRequired && { placeholder: t('optional') })}
      readOnly={control.readOnly}
      autoComplete="off"
      spellCheck={false}
      value={control.values[setting] ?? ''}
      error={control.errors[setting]}
      onChange={(event) => control.set(setting, event.currentTarget.value)}
    />
  );
}
