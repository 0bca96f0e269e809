import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { ErrorState } from '../parts/error-state.tsx';

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
  const { t } = useTranslation('settings');
  const { mutate, isPending, error } = useMutation({ mutationFn: send, onSuccess: onDone });
  const errors = error instanceof ApiError ? error.errors : [];
  const errorAt = (path: string): string | undefined => errors.find((each) => each.path === path)?.message;
  const isTold = errors.length > 0 && errors.every(({ path }) => paths.includes(path));
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
          {children(errorAt)}
          {error !== null && !isTold && <ErrorState error={error} />}
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
