import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './error-state.tsx';
import { errorOf, isBeside } from './field-errors.ts';

export interface FormDialogProps<T> {
  readonly title: string;
  /** The button's word. */
  readonly submit: string;
  readonly send: () => Promise<T>;
  readonly onDone: (answer: T) => void;
  readonly onClose: () => void;
  /** The inputs that show their own error, by the path the hub names it with. */
  readonly paths: readonly string[];
  /** The inputs. @param errorAt the hub's words for a wrong one */
  readonly children: (errorAt: (path: string) => string | undefined) => ReactNode;
}

/** A dialog with a small form: sends it, shows what the hub refuses at the field it is about, and closes when all went well. */
export function FormDialog<T>({ title, submit, send, onDone, onClose, paths, children }: FormDialogProps<T>) {
  const { t } = useTranslation('parts');
  const { mutate, isPending, error } = useMutation({ mutationFn: send, onSuccess: onDone });
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) mutate();
        }}
      >
        <Stack gap="md">
          {children((path) => errorOf(error, path))}
          {isBeside(error, paths) && <ErrorState error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" aria-busy={isPending}>
              {isPending ? t('saving') : submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
