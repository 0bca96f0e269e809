import type { UseQueryResult } from '@tanstack/react-query';
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

/** Undefined: not read yet. None, when they cannot be read. */
type Known<T> = readonly T[] | undefined;

const known = <T>({ data, isError }: UseQueryResult<PageOf<T>>): Known<T> =>
  data?.items ?? (isError ? [] : undefined);

/** Mappings to choose from, and their names for lists. Beyond the newest 200 an id has to do. */
export const useMappingNames = (): Known<Named> =>
  known(useRead<PageOf<z.infer<typeof mapping>>>('/mappings?limit=200', { staleMs: MINUTE_MS }));

/** The same of channels, whole. */
export const useChannelNames = (): Known<ShownChannel> =>
  known(useRead<PageOf<ShownChannel>>('/channels?limit=200', { staleMs: MINUTE_MS }));

/** For a ChoiceFilter. */
export const asOptions = (named: Known<Named>): { value: string; label: string }[] =>
  (named ?? []).map(({ id, name }) => ({ value: id, label: name }));

/**
 * What to call one of these: nothing until the names are read, so that no id flickers in its place.
 * @param otherwise where it has no name
 */
export const nameIn = (named: Known<Named>, id: string, otherwise = id): string =>
  named === undefined ? '' : (named.find((each) => each.id === id)?.name ?? otherwise);

/**
 * What people call the provider of a channel, as the catalogue has it: "DingTalk", "钉钉".
 * @returns undefined: not read yet; null: it cannot be told
 */
export function useProviderOf(channelId: string | undefined): string | null | undefined {
  const { i18n } = useTranslation();
  const channels = useChannelNames();
  const { data, isError } = useRead<z.infer<typeof providers>>('/catalogue/providers', { staleMs: HOUR_MS });
  if (channelId === undefined || channels === undefined || (data === undefined && !isError)) return undefined;
  const type = channels.find(({ id }) => id === channelId)?.type;
  const label = data?.items.find(({ name }) => name === type)?.label;
  return (i18n.language === 'zh' ? label?.zh : label?.en) ?? null;
}
