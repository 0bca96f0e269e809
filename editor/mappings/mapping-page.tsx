import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { useRead } from '../api/queries.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { openDraftKeep } from './draft-storage.ts';
import { MappingEditor } from './mapping-editor.tsx';
import type { MappingDetail, Providers, VariableList } from './types.ts';

/** The catalogue hardly ever changes. */
const LONG = { staleMs: 10 * 60_000 };
/** So soon is seen what somebody else saves. */
const EVERY_MS = 15_000;

/** `/mappings/:id`: where scripts are written, tried and published. */
export default function MappingPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('mapping');
  const mapping = useRead<MappingDetail>(`/mappings/${encodeURIComponent(id)}`, { everyMs: EVERY_MS });
  const providers = useRead<Providers>('/catalogue/providers', LONG);
  const variables = useRead<VariableList>('/catalogue/variables', LONG);
  const channelId = mapping.data?.channelId;
  const channel = useRead<ShownChannel>(`/channels/${channelId ?? ''}`, { enabled: channelId !== undefined });
  const keep = useQuery({
    queryKey: ['draft-keep', id],
    queryFn: () => openDraftKeep(id),
    ...{ staleTime: Infinity, gcTime: 0 },
  });
  const failed = [mapping, providers, variables, channel].find(
    ({ error, data }) => error !== null && data === undefined,
  );
  if (failed !== undefined) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  const provider = providers.data?.items.find(({ name }) => name === channel.data?.type);
  if (
    mapping.data === undefined ||
    variables.data === undefined ||
    channel.data === undefined ||
    provider === undefined ||
    keep.data === undefined
  )
    return <LoadingState words={t('loading')} />;
  return (
    <MappingEditor
      key={id}
      mapping={mapping.data}
      channel={channel.data}
      provider={provider}
      variables={variables.data.items}
      keep={keep.data}
    />
  );
}
