import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApprovalForm, FormField } from '../../server/contract/mapping.ts';
import { call } from '../api/client.ts';

/** What is known of a form at the provider. */
export type FormLook =
  | { readonly state: 'none' }
  | { readonly state: 'asking'; readonly definitionId: string }
  | { readonly state: 'failed'; readonly definitionId: string; readonly error: unknown }
  | { readonly state: 'known'; readonly definitionId: string; readonly fields: readonly FormField[] };

/** Each question counts against the company's calls. */
const FRESH_MS = 10 * 60_000;

/**
 * Looks forms up at the provider of a channel.
 * @returns what is known, and the way to ask; asking answers whether the provider knows the form. A later question is the one that counts.
 */
export function useFormLook(): [FormLook, (channelId: string, definitionId: string) => Promise<boolean>] {
  const client = useQueryClient();
  const [look, setLook] = useState<FormLook>({ state: 'none' });
  const last = useRef('');
  const ask = async (channelId: string, definitionId: string): Promise<boolean> => {
    const path = `/channels/${channelId}/forms/${encodeURIComponent(definitionId)}`;
    last.current = path;
    const tell = (found: FormLook): void => {
      if (last.current === path) setLook(found);
    };
    if (definitionId === '') {
      tell({ state: 'none' });
      return false;
    }
    tell({ state: 'asking', definitionId });
    try {
      const { fields } = await client.query({
        queryKey: [path],
        queryFn: ({ signal }) => call<ApprovalForm>('GET', path, { signal }),
        ...{ staleTime: FRESH_MS, retry: false },
      });
      tell({ state: 'known', definitionId, fields });
      return true;
    } catch (error) {
      tell({ state: 'failed', definitionId, error });
      return false;
    }
  };
  return [look, ask];
}
