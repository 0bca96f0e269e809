import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ModalProps } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './error-state.tsx';
import { errorOf, isBeside } from './field-errors.ts';

export interface FormDialogProps<T> {
  readonly title: string;
  /** The button's word. */
  readonly submit: string;
  readonly size?: ModalProps['size'];
  /** Looks at what is filled in, and has the inputs say what is wrong; false: it is not sent. */
  readonly check?: () => boolean;
  readonly send: () => Promise<T>;
  readonly onDone: (answer: T) => void;
  readonly onClose: () => void;
  /** The inputs that show their own error, by the path the hub names it with. */
  readonly paths: readonly string[];
  /** The inputs. @param errorAt the hub's words for a wrong one */
  readonly children: (errorAt: (path: string) => string | undefined) => ReactNode;
}

/** A dialog with a small form: sends it, shows what the hub refuses at the field it is about, and closes when all went well. */
export function FormDialog<T>({ title, submit, size = 'md', check, ...props }: FormDialogProps<T>) {
  const { send, onDone, onClose, paths, children } = props;
  const { t } = useTranslation('parts');
  const { mutate, isPending, error } = useMutation({ mutationFn: send, onSuccess: onDone });
  const [attempts, setAttempts] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts, error]);
  return (
    <Modal opened onClose={onClose} title={title} size={size} centered>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAttempts(attempts + 1);
          if (!isPending && check?.() !== false) mutate();
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
