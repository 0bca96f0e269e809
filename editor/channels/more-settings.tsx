import { Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import { ADDRESS_KEYS } from './channel-form.ts';
import classes from './guide.module.css';
import { inputId } from './form-control.ts';
import type { FormControl } from './form-control.ts';

/** The settings that few channels need: folded, unless one of them is wrong or leads calls elsewhere. */
export function MoreSettings({ provider, control }: { provider: ProviderEntry; control: FormControl }) {
  const { t } = useTranslation('channels');
  const [unfolded, setUnfolded] = useState(false);
  const { values, errors, readOnly, set } = control;
  const mustShow = [...ADDRESS_KEYS, 'allowedHosts', 'monthlyCalls'].some((key) => errors[key] !== undefined);
  const common = (key: string) => ({
    ...{ id: inputId(key), value: values[key] ?? '', error: errors[key], readOnly, spellCheck: false },
    autoComplete: 'off',
  });
  const addresses = {
    apiBaseUrl: {
      label: t('apiBaseUrl'),
      description: t('apiBaseUrlHelp', { hosts: provider.hosts.join(', ') }),
    },
    legacyApiBaseUrl: { label: t('legacyApiBaseUrl'), description: t('legacyApiBaseUrlHelp') },
  };
  return (
    <details
      className={classes['more']}
      open={unfolded || mustShow}
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
    >
      <summary>{t('more')}</summary>
      <Stack gap="md" mt="md" maw={640}>
        {ADDRESS_KEYS.map((key) => (
          <TextInput
            key={key}
            {...common(key)}
            {...addresses[key]}
            type="url"
            onChange={(event) => set(key, event.currentTarget.value)}
          />
        ))}
        <Textarea
          {...common('allowedHosts')}
          label={t('allowedHosts')}
          description={t('allowedHostsHelp')}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => set('allowedHosts', event.currentTarget.value)}
        />
        <TextInput
          {...common('monthlyCalls')}
          label={t('monthlyCalls')}
          description={t('monthlyCallsHelp', { count: provider.monthlyCalls })}
          inputMode="numeric"
          onChange={(event) => set('monthlyCalls', event.currentTarget.value)}
        />
      </Stack>
    </details>
  );
}
