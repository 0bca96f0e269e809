import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import type { DraftKeep } from './draft-keep.ts';
import { isUnsaved } from './draft-state.ts';
import type { DraftState } from './draft-state.ts';
import { createDrafts } from './drafts.ts';
import type { Drafts } from './drafts.ts';
import { onSavedElsewhere, tellSaved } from './saved-news.ts';
import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { ByStage, MappingDetail, SavedDraft } from './types.ts';

/**
 * The five texts of a mapping for one page, kept and saved as they are typed (see drafts.ts).
 * @param mapping as the hub had it last; what others save comes in with it
 */
export function useDrafts(
  mapping: MappingDetail,
  { keep, mayEdit }: { keep: DraftKeep; mayEdit: boolean },
): [ByStage<DraftState>, Drafts] {
  const { id } = mapping;
  const [drafts] = useState(() =>
    createDrafts(
      {
        ...{ keep, mayEdit },
        put: (stage, source, etag) => putDraft(id, stage, source, etag),
        onSaved: () => {
          tellSaved(id);
          void readAgain(id);
        },
      },
      mapping.draft,
    ),
  );
  const all = useSyncExternalStore(drafts.subscribe, drafts.all);

  useEffect(() => drafts.hear(mapping.draft), [drafts, mapping.draft]);
  useEffect(() => onSavedElsewhere(id, () => void readAgain(id)), [id]);
  useEffect(() => {
    drafts.open();
    const leave = (): void => {
      drafts.flush();
      void drafts.saveAll();
    };
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') leave();
    };
    const onUnload = (event: BeforeUnloadEvent): void => {
      drafts.flush();
      const states = drafts.all();
      // What the browser keeps comes back by itself; only what would be lost is worth a question.
      if (STAGES.some((stage) => isUnsaved(states[stage]) && !states[stage].isKept)) event.preventDefault();
    };
    window.addEventListener('pagehide', drafts.flush);
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      window.removeEventListener('pagehide', drafts.flush);
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('visibilitychange', onHide);
      leave();
      drafts.close();
    };
  }, [drafts]);
  return [all, drafts];
}

/** Saves a stage; the mapping as this page knows it has the new text at once. @throws ApiError */
async function putDraft(id: string, stage: Stage, source: string, etag: string): Promise<SavedDraft> {
  const saved = await call<SavedDraft>('PUT', `/mappings/${id}/draft/${stage}`, {
    body: { source },
    ifMatch: etag,
  });
  const { etag: newEtag, updatedAt, updatedBy } = saved;
  const draft = { source: saved.source, etag: newEtag, updatedAt, updatedBy };
  queryClient.setQueryData<MappingDetail>([`/mappings/${id}`], (before) =>
    before === undefined ? before : { ...before, draft: { ...before.draft, [stage]: draft } },
  );
  return saved;
}

/** What changes with a save: which stages differ from the published version. */
const readAgain = (id: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: [`/mappings/${id}`], exact: true });
