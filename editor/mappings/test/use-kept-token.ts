import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { stillGood } from './run-round.ts';
import type { Handed } from './run-round.ts';

/** An access token and its end. */
export type KeptToken = Pick<Handed, 'accessToken' | 'tokenUntil'>;

const NONE: KeptToken = {};

/**
 * The access token of a mapping's last live token stage, for the next try. It is kept in memory only, never in the browser's storage, and for
 * as long as the page lives.
 * @returns the token, while it is good, and how to keep another (or none)
 */
export function useKeptToken(mappingId: string): [KeptToken, (token: KeptToken) => void] {
  const queries = useQueryClient();
  const { data = NONE } = useQuery<KeptToken>({
    queryKey: ['test-token', mappingId],
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const keep = useCallback(
    (token: KeptToken) => queries.setQueryData(['test-token', mappingId], token),
    [queries, mappingId],
  );
  return [data.accessToken === undefined ? NONE : stillGood(data, Date.now()), keep];
}
