import { useQuery } from '@tanstack/react-query';
import { createContext, use, useEffect } from 'react';
import type { ReactNode } from 'react';
import type { Overview } from '../../server/contract/overview.ts';
import { call, withQuery } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { useSaved } from '../parts/saved.ts';
import { progressOf } from './steps.ts';
import type { Begun, Facts, Progress, TourTask } from './steps.ts';

/** The tour as it stands, and what can be done with it. */
export interface Tour {
  /** Undefined while it is not taken. */
  readonly progress: Progress | undefined;
  /** The demo mapping; undefined where there is none, or the person may not change it: then there is no tour. */
  readonly mappingId: string | undefined;
  /** The simulator's page, where approvals are decided. */
  readonly simulatorPath: string | undefined;
  readonly start: () => void;
  /** Puts it away; it can be started again. */
  readonly hide: () => void;
}

/** What the browser keeps. `asked`: the person was offered it, and put it away or went through it. */
interface Kept {
  readonly asked: boolean;
  readonly begun: Begun | null;
}

const EVERY_MS = 3_000;
const KEPT: Kept = { asked: false, begun: null };

const TourContext = createContext<Tour | undefined>(undefined);

/** Follows the tour on every page. It begins by itself in a hub whose demo nobody has changed yet. */
export function TourProvider({ children }: { children: ReactNode }) {
  const mayEdit = useMay('editor');
  const [kept, setKept] = useSaved<Kept>('tour', KEPT);
  const overview = useRead<Overview>('/overview', { enabled: mayEdit, staleMs: EVERY_MS });
  const mappingId = mayEdit ? overview.data?.demo?.mappingId : undefined;
  const { begun } = kept;
  const { data: facts } = useQuery({
    queryKey: ['tour', mappingId],
    queryFn: ({ signal }) => readFacts(mappingId ?? '', signal),
    enabled: mappingId !== undefined && (begun !== null || !kept.asked),
    refetchInterval: begun === null ? false : EVERY_MS,
  });

  const isFresh = facts?.version === 1 && !kept.asked && begun === null;
  const createdAt = facts?.createdAt;
  useEffect(() => {
    if (isFresh && createdAt !== undefined) setKept({ asked: true, begun: { at: createdAt, version: 1 } });
  }, [isFresh, createdAt, setKept]);

  const start = async (): Promise<void> => {
    const { data } = await overview.refetch();
    if (data === undefined || mappingId === undefined) return;
    const { version } = await readFacts(mappingId);
    setKept({ asked: true, begun: { at: data.now, version: version ?? 0 } });
  };
  const tour: Tour = {
    progress: begun === null || facts === undefined ? undefined : progressOf(begun, facts),
    mappingId,
    simulatorPath: overview.data?.simulators[0]?.path,
    start: () => void start(),
    hide: () => setKept({ asked: true, begun: null }),
  };
  return <TourContext value={tour}>{children}</TourContext>;
}

/** The tour. */
export function useTour(): Tour {
  const tour = use(TourContext);
  if (tour === undefined) throw new Error('useTour needs a TourProvider around it.');
  return tour;
}

/** Apart from what the pages read: a page with unsaved text must not be given a mapping anew because of the tour. */
async function readFacts(mappingId: string, signal?: AbortSignal): Promise<Facts & { createdAt: string }> {
  const options = signal === undefined ? {} : { signal };
  const test = { mappingId, stage: 'create', kind: 'test', ok: true, limit: 1 };
  const [mapping, tests, tasks] = await Promise.all([
    call<{ publishedVersion: number | null; changedStages: string[]; createdAt: string }>(
      'GET',
      `/mappings/${mappingId}`,
      options,
    ),
    call<PageOf<{ startedAt: string }>>('GET', withQuery('/executions', test), options),
    call<PageOf<TourTask>>('GET', '/tasks?limit=20', options),
  ]);
  return {
    version: mapping.publishedVersion,
    changed: mapping.changedStages.length,
    createdAt: mapping.createdAt,
    testedAt: tests.items[0]?.startedAt,
    tasks: tasks.items,
  };
}
