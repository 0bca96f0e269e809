import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Binding } from '../../server/contract/binding.ts';
import type { TaskTypeCatalogue } from '../../server/contract/catalogue.ts';
import { call, withQuery } from '../api/client.ts';
import type { PageOf } from '../api/queries.ts';
import { useRead } from '../api/queries.ts';

/** What a choice of mappings needs of each. */
export interface MappingChoice {
  readonly id: string;
  readonly name: string;
  readonly channelId: string;
  readonly publishedVersion: number | null;
}

/** The most that the API gives at once. */
const PAGE = 200;

/** Reads a list to its end: the table shows gaps, and half a list would show gaps that are none. */
async function readAll<T>(path: string, signal: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: PageOf<T> = await call('GET', withQuery(path, { limit: PAGE, cursor }), { signal });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

const useAll = <T>(path: string): UseQueryResult<readonly T[]> =>
  useQuery({ queryKey: [path, 'all'], queryFn: ({ signal }) => readAll<T>(path, signal) });

/** Every binding. */
export const useBindings = (): UseQueryResult<readonly Binding[]> => useAll('/bindings');

/** Every mapping. */
export const useMappings = (): UseQueryResult<readonly MappingChoice[]> => useAll('/mappings');

/** The task types and subtypes that the catalogue suggests. */
export const useTaskTypes = (): UseQueryResult<{ readonly items: TaskTypeCatalogue }> =>
  useRead('/catalogue/task-types');
