import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Binding } from '../../server/contract/binding.ts';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { useConfirm } from '../parts/confirm.tsx';
import { HubWords } from '../parts/hub-words.tsx';
import { showTrouble } from '../parts/notify.ts';

type Saved = Binding & { readonly warnings: readonly string[] };

/** What is bound, by what tasks say of themselves. */
export interface Kind {
  readonly taskType: string;
  readonly taskSubtype: string | null;
}

export interface BindingChanges {
  /** Binds a type or subtype to a mapping, and offers to undo it. @throws what the hub refused */
  put(kind: Kind, mappingId: string, before: Binding | undefined): Promise<void>;
  /** Removes a binding after a confirmation that says where its tasks go then. */
  remove(binding: Binding, inherited: Binding | undefined): Promise<void>;
}

/** How long an undo is offered. */
const UNDO_MS = 12_000;

/** The changes that people make to bindings. */
export function useBindingChanges(): BindingChanges {
  const { t } = useTranslation('bindings');
  const confirm = useConfirm();

  const nameOf = ({ taskType, taskSubtype }: Kind): string =>
    taskSubtype === null ? taskType : `${taskType} · ${taskSubtype}`;
  const write = async ({ taskType, taskSubtype }: Kind, mappingId: string): Promise<Saved> => {
    const saved = await call<Saved>('PUT', '/bindings', { body: { taskType, taskSubtype, mappingId } });
    await refresh('/bindings');
    return saved;
  };
  const erase = async (id: string): Promise<void> => {
    await call('DELETE', `/bindings/${id}`);
    await refresh('/bindings');
  };
  const offerUndo = (words: string, warnings: readonly string[], undo: () => Promise<unknown>): void => {
    const id = notifications.show({
      color: warnings.length > 0 ? 'orange' : 'green',
      withBorder: true,
      autoClose: UNDO_MS,
      closeButtonProps: { 'aria-label': t('dismiss') },
      message: (
        <>
          <Text size="sm">{words}</Text>
          {warnings.map((warning) => (
            <Text key={warning} size="sm" c="dimmed">
              <HubWords text={warning} />
            </Text>
          ))}
          <Button
            size="compact-sm"
            variant="default"
            mt={6}
            onClick={() => {
              notifications.hide(id);
              undo().catch(showTrouble);
            }}
          >
            {t('undo')}
          </Button>
        </>
      ),
    });
  };

  return {
    async put(kind, mappingId, before) {
      const saved = await write(kind, mappingId);
      offerUndo(t('changed', { kind: nameOf(kind), mapping: saved.mappingName }), saved.warnings, () =>
        before === undefined ? erase(saved.id) : write(kind, before.mappingId),
      );
    },
    async remove(binding, inherited) {
      const text =
        inherited !== undefined
          ? t('removeToInherited', { mapping: inherited.mappingName })
          : t(binding.taskSubtype === null ? 'removeType' : 'removeToNothing');
      const question = {
        ...{ title: t('removeTitle', { kind: nameOf(binding) }), text, confirm: t('removeConfirm') },
        danger: true,
      };
      if ((await confirm(question)) === false) return;
      try {
        await erase(binding.id);
        offerUndo(t('removed', { kind: nameOf(binding) }), [], () => write(binding, binding.mappingId));
      } catch (error) {
        showTrouble(error);
      }
    },
  };
}
