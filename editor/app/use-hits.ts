import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ShownChannel } from '../../server/contract/channel.ts';
import type { Found } from '../../server/contract/find.ts';
import type { TaskSummary } from '../../server/contract/task.ts';
import { withQuery } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';
import { MAIN_PAGES, NEW_PAGES, SETTINGS_PAGES } from './pages.ts';
import { distinct, findHits } from './search-hits.ts';
import type { Hit } from './search-hits.ts';
import { useMay } from './session.tsx';

const PAUSE_MS = 200;
const KEPT_MS = 30_000;
const NONE = { items: [] };

/**
 * What fits, best first: what has the very id that was typed or pasted, then pages, mappings and channels by name, then tasks that the
 * hub finds.
 */
export function useHits(typed: string): { hits: readonly Hit[]; isLooking: boolean } {
  const [asked] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const enabled = asked !== '';
  const tasks = useRead<PageOf<TaskSummary>>(withQuery('/tasks', { q: asked, limit: 8 }), { enabled });
  const byId = useRead<Found>(withQuery('/find', { id: asked }), { enabled });
  const known = useKnown();
  const isAsked = enabled && typed.trim() !== '';
  const exact = isAsked ? (byId.data ?? NONE) : NONE;
  const similar = isAsked ? (tasks.data ?? NONE) : NONE;
  return {
    hits: distinct([
      ...exact.items.map(({ kind, id, name }) => hit(kind, id, name)),
      ...findHits(typed, known),
      ...similar.items.map(({ taskId, taskName }) => hit('task', taskId, taskName)),
    ]),
    isLooking: tasks.isFetching || byId.isFetching || asked !== typed.trim(),
  };
}

const hit = (kind: Found['items'][number]['kind'], id: string, detail: string): Hit => ({
  ...{ kind, name: id, detail },
  path: `/${kind}s/${encodeURIComponent(id)}`,
});

/** Everything that is found by its name, without asking. */
function useKnown(): Hit[] {
  const { t } = useTranslation('app');
  const may = { editor: useMay('editor'), admin: useMay('admin') };
  const mappings = useRead<PageOf<{ id: string; name: string; approvalDefinitionId: string }>>(
    '/mappings?limit=200',
    { staleMs: KEPT_MS },
  );
  const channels = useRead<PageOf<ShownChannel>>('/channels?limit=200', { staleMs: KEPT_MS });
  const pages = [...MAIN_PAGES, ...SETTINGS_PAGES, ...NEW_PAGES].filter(({ role }) =>
    role === 'editor' || role === 'admin' ? may[role] : true,
  );
  return [
    ...pages.map(({ key, path }) => ({ kind: 'page' as const, name: t(key), path })),
    ...(mappings.data?.items ?? []).map(({ id, name, approvalDefinitionId }) => ({
      ...{ kind: 'mapping' as const, name, detail: approvalDefinitionId },
      path: `/mappings/${id}`,
    })),
    ...(channels.data?.items ?? []).map(({ id, name, type }) => ({
      ...{ kind: 'channel' as const, name, detail: type },
      path: `/channels/${id}`,
    })),
  ];
}
