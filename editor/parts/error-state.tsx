import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';

/** What to tell people of something thrown. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * What went wrong, in the hub's own words, with every wrong field and the request's id.
 * @param props.retry shows a button that tries again
 */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation('parts');
  const { errors, requestId } = error instanceof ApiError ? error : { errors: [], requestId: undefined };
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('errorTitle')}
      my="sm"
    >
      <Text style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{wordsOf(error)}</Text>
      {errors.length > 1 && (
        <List size="sm" mt="xs">
          {errors.map(({ path, message }, index) => (
            <List.Item key={index}>
              <code>{path}</code> {message}
            </List.Item>
          ))}
        </List>
      )}
      {requestId !== undefined && (
        <Text size="sm" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
          {t('requestId', { id: requestId })}
        </Text>
      )}
      {retry !== undefined && (
        <Button mt="sm" variant="default" size="xs" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}
