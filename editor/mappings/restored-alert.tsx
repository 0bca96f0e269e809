import { Alert, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Restored } from './use-restore.tsx';

interface RestoredAlertProps {
  readonly mappingId: string;
  readonly restored: Restored;
  readonly undo: () => Promise<void>;
}

/** Says that the draft is another one now, and gives the way back. */
export function RestoredAlert({ mappingId, restored, undo }: RestoredAlertProps) {
  const { t } = useTranslation('versions');
  const [isUndoing, setUndoing] = useState(false);
  return (
    <Alert role="status" color="blue" variant="outline" mb="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={240}>
          {t('restoredAlert', { version: restored.version })}
        </Text>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            disabled={isUndoing}
            onClick={() => {
              setUndoing(true);
              void undo().finally(() => setUndoing(false));
            }}
          >
            {isUndoing ? t('undoing') : t('undo')}
          </Button>
          <Button
            size="xs"
            component={Link}
            to={`/mappings/${mappingId}?stage=${restored.stages[0] ?? 'create'}`}
          >
            {t('toDraft')}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}
