import { Kbd, Modal, Table, Text, Title } from '@mantine/core';
import { Fragment, useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isPressed, keyNames } from './keys.ts';

/** One keyboard shortcut. */
export interface Shortcut {
  /** `Mod+S`, `Mod+Shift+Enter`, `Alt+1`, `/`; Mod is ⌘ on a Mac and Ctrl elsewhere. */
  readonly keys: string;
  /** What it does, for the list under `?`. */
  readonly label: string;
  /** Absent: somebody else listens (Monaco, the browser); the list just tells of it. */
  readonly run?: (() => void) | undefined;
}

interface Registered {
  readonly everywhere: boolean;
  readonly shortcuts: readonly Shortcut[];
}

let registered: readonly Registered[] = [];
const listeners = new Set<() => void>();
const change = (next: readonly Registered[]): void => {
  registered = next;
  for (const listener of listeners) listener();
};
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where keys without Ctrl, ⌘ or Alt are text. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input, textarea, select, [role=textbox], .native-edit-context'));

/**
 * Listens to shortcuts while the component is there, and lists them under `?`.
 * Keys with Ctrl, ⌘ or Alt work wherever the focus is; single characters not while somebody types.
 * @param shortcuts may be new at every rendering
 * @param options.everywhere the frame's own
 */
export function useShortcuts(shortcuts: readonly Shortcut[], { everywhere = false } = {}): void {
  const current = useRef(shortcuts);
  const told = shortcuts.map(({ keys, label }) => `${keys} ${label}`).join('\n');
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const mine: Registered = { everywhere, shortcuts: current.current };
    change([...registered, mine]);
    return () => change(registered.filter((each) => each !== mine));
  }, [told, everywhere]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const found = current.current.find(({ keys }) => isPressed(keys, event));
      if (found?.run === undefined) return;
      if (!/^(Mod|Alt|Ctrl)\+/.test(found.keys) && isTyping(event.target)) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** The list under `?`: the page's own shortcuts first. */
export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('app');
  const all = useSyncExternalStore(subscribe, () => registered);
  const groups = [
    {
      title: t('shortcutsHere'),
      shortcuts: all.filter((each) => !each.everywhere).flatMap((each) => each.shortcuts),
    },
    {
      title: t('shortcutsEverywhere'),
      shortcuts: [
        ...all.filter((each) => each.everywhere).flatMap((each) => each.shortcuts),
        { keys: 'Escape', label: t('closeDialog') },
      ],
    },
  ].filter(({ shortcuts }) => shortcuts.length > 0);
  return (
    <Modal opened={opened} onClose={onClose} title={t('shortcuts')} centered>
      {groups.map(({ title, shortcuts }) => (
        <Fragment key={title}>
          <Title order={3} size="h5" mt="sm">
            {title}
          </Title>
          <Table aria-label={title}>
            <Table.Tbody>
              {shortcuts.map(({ keys, label }) => (
                <Table.Tr key={keys}>
                  <Table.Td w="45%">
                    {keyNames(keys).map((name, index) => (
                      <Fragment key={index}>
                        {index > 0 && ' '}
                        <Kbd>{name}</Kbd>
                      </Fragment>
                    ))}
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">{label}</Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Fragment>
      ))}
    </Modal>
  );
}
