import { QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { ApiError, call, withQuery } from './client.ts';

/** One page of a list, as every list of the API answers. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What a paged list is read by. */
export type ListQuery<T> = UseInfiniteQueryResult<InfiniteData<PageOf<T>>>;

/** What may be better a moment later. */
const isPassing = (error: Error): boolean =>
  error instanceof ApiError && (error.code === 'OFFLINE' || error.status === 503);

/** The one cache. A query's key begins with its path, so that `refresh('/tasks')` finds all that is read below it. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 3_000,
      // The hub may be on this very machine, whatever the browser thinks of the network; and a call that fails says so.
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && isPassing(error),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export interface ReadOptions {
  /** Asks again so often while the page is looked at. */
  readonly everyMs?: number | false;
  /** What was read stays good for so long; 3 s unless told. */
  readonly staleMs?: number;
  /** False: do not ask (yet). */
  readonly enabled?: boolean;
}

const optionsOf = ({ everyMs = false, staleMs, enabled }: ReadOptions) => ({
  refetchInterval: everyMs,
  ...(staleMs !== undefined && { staleTime: staleMs }),
  ...(enabled !== undefined && { enabled }),
});

/**
 * Reads one thing.
 * @param path below /api/v1, with its query
 * @param options.everyMsOf in the place of `everyMs`: how often, by what was read last
 */
export const useRead = <T>(
  path: string,
  { everyMsOf, ...options }: ReadOptions & { readonly everyMsOf?: (read: T | undefined) => number } = {},
): UseQueryResult<T> =>
  useQuery<T>({
    queryKey: [path],
    queryFn: ({ signal }) => call<T>('GET', path, { signal }),
    ...optionsOf(options),
    ...(everyMsOf !== undefined && { refetchInterval: ({ state }) => everyMsOf(state.data) }),
  });

/**
 * Reads a list page by page.
 * @param query its filters; undefined and "" are left out
 */
export const useList = <T>(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
  options: ReadOptions = {},
): ListQuery<T> =>
  useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ signal, pageParam }) =>
      call<PageOf<T>>('GET', withQuery(path, { ...query, cursor: pageParam }), { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...optionsOf(options),
  });

/**
 * Reads anew what stands at these paths or below them (`/tasks` finds `/tasks/T-1` and `/tasks?status=failed`).
 * To be called after a change.
 */
export const refresh = (...paths: readonly string[]): Promise<void> =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey: [key] }) =>
      typeof key === 'string' &&
      paths.some((path) => key === path || key.startsWith(`${path}/`) || key.startsWith(`${path}?`)),
  });

/** Every item of the pages read so far. */
export const itemsOf = <T>(data: InfiniteData<PageOf<T>> | undefined): T[] =>
  data?.pages.flatMap((page) => page.items) ?? [];
