import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { call } from '../api/client.ts';

/**
 * Reads one thing, and again as long as it may change; never while the browser's tab is hidden.
 * @param path below /api/v1
 * @param againAfter milliseconds until the next look, or false once it will not change any more
 */
export const useReadLive = <T>(path: string, againAfter: (data: T) => number | false): UseQueryResult<T> =>
  useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => call<T>('GET', path, { signal }),
    refetchInterval: ({ state: { data } }) => data !== undefined && againAfter(data),
  });
