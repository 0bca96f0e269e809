import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import { inputId } from './form-control.ts';
import type { FormControl } from './form-control.ts';

/** How a channel's events come: pushed to the callback URL, or over a connection that the hub holds. */
export function CallbackTypeInput({ provider, control }: { provider: ProviderEntry; control: FormControl }) {
  const { t } = useTranslation('channels');
  const value = control.values['callbackType'] ?? '';
  const common = {
    ...{ id: inputId('callbackType'), label: t('callbackType') },
    ...(value === 'persistent' && { description: t('persistentHelp') }),
  };
  const options = provider.callbackTypes.map((type) => ({ value: type, label: t(type) }));
  // A choice that cannot be made is too pale to be read.
  if (control.readOnly)
    return (
      <TextInput {...common} readOnly value={options.find((each) => each.value === value)?.label ?? value} />
    );
  return (
    <NativeSelect
      {...common}
      data={options}
      value={value}
      error={control.errors['callbackType']}
      onChange={(event) => control.set('callbackType', event.currentTarget.value)}
    />
  );
}
