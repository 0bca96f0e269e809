import { useMutation, useQuery } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import type { Drafts } from './drafts.ts';
import { STAGES } from './stages.ts';
import type { Compared, MappingDetail } from './types.ts';

/** The draft as it is to be published, and how it differs from what is live. */
export interface Prepared {
  readonly mapping: MappingDetail;
  /** Undefined when nothing is live. */
  readonly changes: Compared | undefined;
}

/** The hub does not have all that stands on the page. */
export class UnsavedError extends Error {}

/** Somebody saved the draft while the person was looking at it. */
export class MovedOnError extends Error {}

const read = (id: string): Promise<MappingDetail> => call<MappingDetail>('GET', `/mappings/${id}`);

/** Brings the whole draft into the hub, and reads what would be published. */
export const usePrepared = (id: string, drafts: Drafts): UseQueryResult<Prepared> =>
  useQuery({
    queryKey: ['publish', id],
    queryFn: async () => {
      if (!(await drafts.saveAll())) throw new UnsavedError();
      const mapping = await read(id);
      const changes =
        mapping.publishedVersion === null
          ? undefined
          : await call<Compared>('GET', `/mappings/${id}/compare?from=${mapping.publishedVersion}&to=draft`);
      return { mapping, changes };
    },
    ...{ staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false },
  });

/**
 * Publishes the draft with a note.
 * @throws MovedOnError when it is not what was shown any more; ApiError
 */
export const usePublish = (
  prepared: MappingDetail | undefined,
): UseMutationResult<{ version: number }, Error, string> =>
  useMutation({
    mutationFn: async (note: string) => {
      if (prepared === undefined) throw new UnsavedError();
      const { id } = prepared;
      const now = await read(id);
      if (STAGES.some((stage) => now.draft[stage].etag !== prepared.draft[stage].etag))
        throw new MovedOnError();
      return call<{ version: number }>('POST', `/mappings/${id}/publish`, { body: { note } });
    },
    onSuccess: () => refresh('/mappings'),
  });
