import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { createContext, use, useCallback, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface ConfirmOptions {
  /** The question. */
  readonly title: string;
  /** What will happen. */
  readonly text: ReactNode;
  /** The button's own word for it: "Revoke", never "OK". */
  readonly confirm: string;
  readonly danger?: boolean;
  /** Asks for a text too, which may be left empty. */
  readonly ask?: { readonly label: string; readonly maxLength: number };
}

/** Resolves to false when the person thinks better of it. */
export type Confirm = (options: ConfirmOptions) => Promise<false | { answer: string }>;

const ConfirmContext = createContext<Confirm | undefined>(undefined);

interface Asked {
  readonly options: ConfirmOptions;
  readonly settle: (answer: false | { answer: string }) => void;
}

/** Makes `useConfirm` work for all that is inside. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  const [open, setOpen] = useState(false);
  const settled = useRef<Asked['settle']>(undefined);

  const confirm = useCallback<Confirm>(
    (options) =>
      new Promise((resolve) => {
        // A second question in its place answers the first one with no.
        settled.current?.(false);
        settled.current = resolve;
        setAsked({ options, settle: resolve });
        setOpen(true);
      }),
    [],
  );
  const answer = (given: false | { answer: string }): void => {
    asked?.settle(given);
    settled.current = undefined;
    setOpen(false);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      <Modal opened={open} onClose={() => answer(false)} title={asked?.options.title} centered>
        {asked !== undefined && <Question options={asked.options} answer={answer} />}
      </Modal>
    </ConfirmContext>
  );
}

function Question({ options, answer }: { options: ConfirmOptions; answer: Asked['settle'] }) {
  const { t } = useTranslation('parts');
  const { text, confirm, danger = false, ask } = options;
  const [words, setWords] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        answer({ answer: words.trim() });
      }}
    >
      <Text component="div">{text}</Text>
      {ask !== undefined && (
        <Textarea
          mt="md"
          data-autofocus
          label={ask.label}
          maxLength={ask.maxLength}
          autosize
          minRows={2}
          maxRows={8}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end" mt="lg">
        <Button
          variant="default"
          onClick={() => answer(false)}
          {...(ask === undefined && { 'data-autofocus': true })}
        >
          {t('cancel')}
        </Button>
        <Button type="submit" {...(danger && { color: 'red' })}>
          {confirm}
        </Button>
      </Group>
    </form>
  );
}

/** Asks a question in a dialog: `if (await confirm({ title, text, confirm: t('revoke') })) …` */
export function useConfirm(): Confirm {
  const confirm = use(ConfirmContext);
  if (confirm === undefined) throw new Error('useConfirm needs a ConfirmProvider around it.');
  return confirm;
}
