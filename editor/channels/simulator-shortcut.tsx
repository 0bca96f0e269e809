import { Button, Group, Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';
import type { FormControl } from './form-control.ts';
import { simulatorForm } from './simulator-form.ts';
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
  const { data } = useRead<PageOf<ShownChannel>>('/channels?limit=200');
  const fill = (): void => {
    const name = control.values['name']?.trim() ?? '';
    const proposed = simulatorForm(
      simulator,
      data?.items ?? [],
      t('simulatorName', { label: told(provider.label) }),
      control.values['callbackType'] ?? '',
    );
    control.fill({ ...proposed, ...(name !== '' && { name }) });
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
