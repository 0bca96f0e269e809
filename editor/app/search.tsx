import { Button, Kbd, Modal, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchBox } from './search-box.tsx';
import classes from './search.module.css';

/** The search in the header: jumps to a page, a mapping, a channel or a task. */
export function Search({ opened, open, close }: { opened: boolean; open: () => void; close: () => void }) {
  const { t } = useTranslation('app');
  const [typed, setTyped] = useState('');
  useEarlyKeys(opened, setTyped);
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        h={28}
        onClick={open}
        className={classes['open']}
        // What is seen, for where it is too narrow to be shown.
        aria-label={`${t('search.open')} /`}
        aria-keyshortcuts="/"
        leftSection={<IconSearch size={15} aria-hidden />}
        rightSection={<Kbd size="xs">/</Kbd>}
      >
        <Text size="sm" c="dimmed" component="span" visibleFrom="sm">
          {t('search.open')}
        </Text>
      </Button>
      <Modal opened={opened} onClose={close} title={t('search.title')} yOffset="12vh" size="lg">
        <SearchBox {...{ typed, setTyped, close }} />
      </Modal>
    </>
  );
}

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"]') !== null;

/** Whoever types on after `/` is quicker than the dialog: what comes before its input has the focus is put into it, too. */
function useEarlyKeys(opened: boolean, setTyped: (change: (before: string) => string) => void): void {
  useLayoutEffect(() => {
    if (!opened) return undefined;
    setTyped(() => '');
    const onKey = (event: KeyboardEvent): void => {
      const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
      if (isInDialog(target) || key.length !== 1 || ctrlKey || metaKey || altKey || isComposing) return;
      event.preventDefault();
      setTyped((before) => before + key);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [opened, setTyped]);
}
