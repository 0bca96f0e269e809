import { Alert, Button, Group, Text } from '@mantine/core';
import { IconKey, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../api/connection.ts';
import { signInPath } from './session.tsx';

/** Says above every page that the hub is away, or that nobody is signed in any more; nothing of the page is lost by it. */
export function Trouble() {
  const { t } = useTranslation('app');
  const connection = useConnection();
  if (connection === 'fine') return null;
  const isOut = connection === 'signed-out';
  return (
    <Alert
      role="alert"
      color="orange"
      variant="outline"
      mb="md"
      icon={isOut ? <IconKey aria-hidden /> : <IconPlugConnectedX aria-hidden />}
      title={isOut ? t('signedOut.title') : t('offline.title')}
    >
      <Group gap="md">
        <Text size="sm">{isOut ? t('signedOut.text') : t('offline.text')}</Text>
        {isOut && (
          <Button component="a" href={signInPath()} target="_blank" size="xs" variant="default">
            {t('signedOut.action')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
