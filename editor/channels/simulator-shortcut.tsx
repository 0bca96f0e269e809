import { Button, Group, Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { FormControl } from './form-control.ts';
import { useTold } from './told.ts';

/** Fills the form in for the provider's simulator, where one runs in this server. */
export function SimulatorShortcut({
  provider,
  simulator,
  control,
}: {
  provider: ProviderEntry;
  simulator: NonNullable<ProviderEntry['simulator']>;
  control: FormControl;
}) {
  const { t } = useTranslation('channels');
  const told = useTold();
  const [filled, setFilled] = useState(false);
  const fill = (): void => {
    const { appId, appSecret, defaultOriginator, url } = simulator;
    const name = control.values['name']?.trim() ?? '';
    control.fill({
      name: name === '' ? t('simulatorName', { label: told(provider.label) }) : name,
      ...{ appId, appSecret, defaultOriginator, apiBaseUrl: url },
    });
    setFilled(true);
  };
  return (
    <Group gap="sm" mb="lg">
      <Button variant="default" leftSection={<IconFlask size={16} aria-hidden />} onClick={fill}>
        {t('trySimulator')}
      </Button>
      <Text size="sm" c="dimmed" flex="1 1 16rem" role="status">
        {t(filled ? 'simulatorFilled' : 'trySimulatorHelp')}
      </Text>
    </Group>
  );
}
