import type { ApprovalForm, FormField } from '../../server/contract/mapping.ts';
import { useRead } from '../api/queries.ts';

/** The hub itself asks the provider no more often. */
const FRESH_MS = 10 * 60_000;

/**
 * The provider's own form of a mapping.
 * @returns undefined fields while it is not known; `trouble` says why it cannot be
 */
export function useForm(mappingId: string): {
  fields: readonly FormField[] | undefined;
  trouble: Error | undefined;
} {
  const { data, error } = useRead<ApprovalForm>(`/mappings/${mappingId}/form`, { staleMs: FRESH_MS });
  return { fields: data?.fields, trouble: data === undefined ? (error ?? undefined) : undefined };
}
