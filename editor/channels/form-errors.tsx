import { Text } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { ErrorState } from '../parts/error-state.tsx';
import type { FormControl } from './form-control.ts';

/**
 * Why a form was not saved, beside its button: how many fields are wrong (each says it itself), or what else the hub said, as that
 * open tasks need the present app.
 */
export function FormErrors({ error, control }: { error: Error | null; control: FormControl }) {
  const { t } = useTranslation('channels');
  if (error !== null && !(error instanceof ApiError && error.code === 'INVALID_INPUT'))
    return <ErrorState error={error} />;
  const count = Object.keys(control.errors).length;
  if (count === 0) return null;
  return (
    <Text role="alert" c="var(--mantine-color-error)" fw={500}>
      <IconAlertTriangleFilled size={14} aria-hidden /> {t('wrongFields', { count })}
    </Text>
  );
}
