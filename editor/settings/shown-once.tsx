import { Button, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './settings.module.css';

/** A secret that the hub shows this one time: to be copied before the dialog closes. */
export function ShownOnce({
  value,
  label,
  onClose,
  children,
}: {
  value: string;
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('settings');
  return (
    <>
      <Text component="div" mb="sm">
        {children}
      </Text>
      {/* Selected whole by one click, for browsers that let no page copy. */}
      <output className={classes['secret']} aria-label={label}>
        {value}
      </output>
      <Group justify="flex-end" mt="lg">
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              data-autofocus
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {t(copied ? 'copied' : 'copyNow')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('close')}</Button>
      </Group>
    </>
  );
}
