import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { providers } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import type { mapping } from '../../server/contract/mapping.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';

type Named = { readonly id: string; readonly name: string };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Mappings to choose from, and their names for lists. Beyond the newest 200 an id has to do. */
export function useMappingNames(): readonly Named[] {
  const { data } = useRead<PageOf<z.infer<typeof mapping>>>('/mappings?limit=200', { staleMs: MINUTE_MS });
  return data?.items ?? [];
}

/** The same of channels, whole. */
export function useChannelNames(): readonly ShownChannel[] {
  const { data } = useRead<PageOf<ShownChannel>>('/channels?limit=200', { staleMs: MINUTE_MS });
  return data?.items ?? [];
}

/** For a ChoiceFilter. */
export const asOptions = (named: readonly Named[]): { value: string; label: string }[] =>
  named.map(({ id, name }) => ({ value: id, label: name }));

/** What people call a channel's provider, as the catalogue has it: "DingTalk", "钉钉"; undefined until that is known. */
export function useProviderLabel(type: string | undefined): string | undefined {
  const { i18n } = useTranslation();
  const { data } = useRead<z.infer<typeof providers>>('/catalogue/providers', {
    staleMs: HOUR_MS,
    enabled: type !== undefined,
  });
  const label = data?.items.find(({ name }) => name === type)?.label;
  return i18n.language === 'zh' ? label?.zh : label?.en;
}
