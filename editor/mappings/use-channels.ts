import type { UseQueryResult } from '@tanstack/react-query';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';

/** The channels, for choosing one and for their names: as many as a list gives at once. */
export const useChannels = (): UseQueryResult<PageOf<ShownChannel>> =>
  useRead<PageOf<ShownChannel>>('/channels?limit=200', { staleMs: 60_000 });
