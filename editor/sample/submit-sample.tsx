import { Modal } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingState } from '../parts/loading-state.tsx';
import type { SampleFormProps } from './sample-form.tsx';

/** Loaded by who opens the dialog: every page has the tour, and by it this dialog. */
const SampleForm = lazy(() => import('./sample-form.tsx'));

/** A dialog that submits a task as the platform would, filled with the catalogue's samples. */
export function SubmitSample({ opened, ...form }: SampleFormProps & { opened: boolean }) {
  const { t } = useTranslation('sample');
  return (
    <Modal opened={opened} onClose={form.onClose} title={t('title')} size="lg">
      <Suspense fallback={<LoadingState words={t('loading')} />}>
        <SampleForm {...form} />
      </Suspense>
    </Modal>
  );
}
