import { List, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { useConfirm } from '../parts/confirm.tsx';
import { showDone, showTrouble } from '../parts/notify.ts';
import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { ByStage, Compared, HubDraft, MappingDetail } from './types.ts';

/** A restore that was done, with what the draft had before and has now. */
export interface Restored {
  readonly version: number;
  readonly stages: readonly Stage[];
  readonly before: ByStage<HubDraft>;
  readonly after: ByStage<HubDraft>;
}

/**
 * Puts versions into the draft: says first what that replaces, goes over nothing newer than what it said, and can take it back.
 * @returns `restored` until it is undone or the page is left
 */
export function useRestore(mappingId: string): {
  restore: (version: number) => Promise<void>;
  restored: Restored | undefined;
  undo: () => Promise<void>;
} {
  const { t } = useTranslation(['versions', 'mapping']);
  const confirm = useConfirm();
  const [restored, setRestored] = useState<Restored>();

  const restore = useCallback(
    async (version: number) => {
      try {
        const mapping = await call<MappingDetail>('GET', `/mappings/${mappingId}`);
        const { stages } = await call<Compared>(
          'GET',
          `/mappings/${mappingId}/compare?from=${version}&to=draft`,
        );
        const replaced = STAGES.filter((stage) => stages[stage].changed);
        if (replaced.length === 0) {
          showDone(t('restoreSame'));
          return;
        }
        const names = replaced.map((stage) => t(`mapping:stage.${stage}`));
        const text = (
          <>
            <Text>{t('restoreReplaces')}</Text>
            <List my="xs">
              {names.map((name) => (
                <List.Item key={name}>{name}</List.Item>
              ))}
            </List>
            <Text size="sm">{t('restoreKeeps')}</Text>
          </>
        );
        const title = t('restoreTitle', { version });
        if ((await confirm({ title, text, confirm: t('restoreYes') })) === false) return;
        const etags = Object.fromEntries(STAGES.map((stage) => [stage, mapping.draft[stage].etag]));
        const path = `/mappings/${mappingId}/versions/${version}/restore`;
        const { draft } = await call<MappingDetail>('POST', path, { body: { etags } });
        setRestored({ version, stages: replaced, before: mapping.draft, after: draft });
        showDone(t('restored', { version }));
      } catch (error) {
        showTrouble(error);
      }
      await refresh('/mappings');
    },
    [mappingId, confirm, t],
  );

  const undo = useCallback(async () => {
    if (restored === undefined) return;
    try {
      for (const stage of restored.stages)
        await call('PUT', `/mappings/${mappingId}/draft/${stage}`, {
          body: { source: restored.before[stage].source },
          // Over what the restore put there, and over nothing that somebody saved since.
          ifMatch: restored.after[stage].etag,
        });
      setRestored(undefined);
      showDone(t('undone'));
    } catch (error) {
      showTrouble(error);
    }
    await refresh('/mappings');
  }, [mappingId, restored, t]);

  return { restore, restored, undo };
}
