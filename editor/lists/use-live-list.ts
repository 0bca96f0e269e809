import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { ApiError, call, withQuery } from '../api/client.ts';
import type { ListQuery, PageOf } from '../api/queries.ts';
import { lookAgain, pagesWith } from './live.ts';
import { rowsInView } from './rows-in-view.ts';

type Query = Readonly<Record<string, string | undefined>>;
type Pages<T> = InfiniteData<PageOf<T>, string | undefined>;

/** A list that keeps itself up to date. */
export interface LiveList<T> {
  readonly list: ListQuery<T>;
  /** So many rows have come that are not shown yet: pushing them in would move what the reader looks at. */
  readonly arrived: number;
  /** Shows them: begins the list anew. */
  readonly showArrived: () => void;
}

interface Options<T> {
  readonly idOf: (row: T) => string;
  /** Where one row is read by itself, below /api/v1. Left out: a row never changes, so that only new ones are looked for. */
  readonly pathOf?: (row: T) => string;
  /** A row that will not change any more, or hardly ever: not read again when it has left the filter. */
  readonly isSettled?: (row: T) => boolean;
}

const EVERY_MS = 5_000;
/** More rows than so many of a page do not leave a filter between two looks, but for a flood. */
const MOST_READ_ALONE = 20;

/**
 * Reads a list page by page and looks again, every few seconds, at those of its pages that have rows on the screen; never while the
 * browser's tab is hidden. Rows change where they stand; new ones are counted until the reader wants them.
 * @param path of the list, below /api/v1
 * @param query its filters
 */
export function useLiveList<T>(path: string, query: Query, options: Options<T>): LiveList<T> {
  const client = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ signal, pageParam }) =>
      call<PageOf<T>>('GET', withQuery(path, { ...query, cursor: pageParam }), { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // What was read by other filters stays until the answer is there.
    placeholderData: keepPreviousData,
    // Pages are read again one by one below, and where they are looked at only.
    refetchOnWindowFocus: false,
  });
  const look = useQuery({
    queryKey: [`${path}?live`, query],
    queryFn: ({ signal }) => lookAtShown<T>(client, { ...options, path, query, signal }),
    initialData: NOTHING_NEW<T>,
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    enabled: list.isSuccess,
  });
  const { arrived, first } = look.data;
  return {
    list,
    arrived,
    showArrived: () => {
      const data: Pages<T> | undefined = first && { pages: [first], pageParams: [undefined] };
      client.setQueryData([path, query], data);
      client.setQueryData([`${path}?live`, query], NOTHING_NEW<T>());
      void look.refetch();
    },
  };
}

interface Arrived<T> {
  readonly arrived: number;
  /** The list's first page as it is now. */
  readonly first: PageOf<T> | undefined;
}

const NOTHING_NEW = <T>(): Arrived<T> => ({ arrived: 0, first: undefined });

interface Lookout<T> extends Options<T> {
  readonly path: string;
  readonly query: Query;
  readonly signal: AbortSignal;
}

/** Brings the shown pages up to date in the cache. */
async function lookAtShown<T>(client: QueryClient, lookout: Lookout<T>): Promise<Arrived<T>> {
  const { path, query, idOf, pathOf, isSettled = () => false, signal } = lookout;
  const key = [path, query];
  const shown = client.getQueryData<Pages<T>>(key);
  if (shown === undefined) return NOTHING_NEW();
  const inView = pagesWith(shown.pages, rowsInView(), idOf);
  let first: Arrived<T> = NOTHING_NEW();
  for (const index of new Set([0, ...(pathOf === undefined ? [] : inView)])) {
    const cursor = shown.pageParams[index];
    const fresh = await call<PageOf<T>>('GET', withQuery(path, { ...query, cursor }), { signal });
    const page = shown.pages[index];
    if (page === undefined) continue;
    const { arrived, gone, page: renewed } = lookAgain(page, fresh, idOf);
    const open = gone.filter((row) => !isSettled(row));
    const alone = pathOf === undefined ? [] : await readAlone(open, pathOf, signal);
    const rows = new Map([...renewed.items, ...alone].map((row) => [idOf(row), row]));
    replaceRows(client, key, index, renewed, rows, idOf);
    if (index === 0) first = { arrived, first: fresh };
  }
  return first;
}

/** What has left its filter is shown as it is now; what was deleted is left out of the answer. */
async function readAlone<T>(
  rows: readonly T[],
  pathOf: (row: T) => string,
  signal: AbortSignal,
): Promise<T[]> {
  const read = rows.slice(0, MOST_READ_ALONE).map((row) =>
    call<T>('GET', pathOf(row), { signal }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }),
  );
  return (await Promise.all(read)).filter((row) => row !== undefined);
}

function replaceRows<T>(
  client: QueryClient,
  key: readonly unknown[],
  index: number,
  renewed: PageOf<T>,
  rows: ReadonlyMap<string, T>,
  idOf: (row: T) => string,
): void {
  client.setQueryData<Pages<T>>(key, (data) => {
    // The reader may have begun the list anew meanwhile.
    if (data?.pages[index] === undefined) return data;
    const page = { ...renewed, items: renewed.items.map((row) => rows.get(idOf(row)) ?? row) };
    return { ...data, pages: data.pages.with(index, page) };
  });
}
