import type { UseQueryResult } from '@tanstack/react-query';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import { useRead } from '../api/queries.ts';

/** The providers that this hub knows: the same for as long as it runs. */
export const useProviders = (): UseQueryResult<{ readonly items: readonly ProviderEntry[] }> =>
  useRead('/catalogue/providers', { staleMs: Infinity });
