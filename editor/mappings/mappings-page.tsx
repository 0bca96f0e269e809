import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useList, useRead } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { CopyId } from '../parts/copy-id.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import type { Column } from '../parts/paged-list.tsx';
import { When } from '../parts/when.tsx';
import { StageMarks } from './stage-mark.tsx';
import { stateOf } from './stage-state.ts';
import type { StageState } from './stage-state.ts';
import { byStage } from './stages.ts';
import type { ByStage, Mapping, Providers } from './types.ts';
import { useChannels } from './use-channels.ts';

/** `/mappings`: all mappings, with what is live, what is not yet, and what failed its last test. */
export default function MappingsPage() {
  const { t } = useTranslation('mappings');
  const mayEdit = useMay('editor');
  const query = useList<Mapping>('/mappings');
  const channels = useChannels().data?.items ?? [];
  const providers = useRead<Providers>('/catalogue/providers', { staleMs: 600_000 }).data?.items ?? [];
  const channelOf = (mapping: Mapping) => channels.find(({ id }) => id === mapping.channelId);
  const newOne = (
    <Button component={Link} to="/mappings/new">
      {t('new')}
    </Button>
  );
  const columns: Column<Mapping>[] = [
    { key: 'name', head: t('name'), cell: ({ name }) => name },
    { key: 'channel', head: t('channel'), cell: (each) => channelOf(each)?.name ?? '…' },
    {
      key: 'definition',
      head: t('definition'),
      cell: ({ approvalDefinitionId }) => <CopyId value={approvalDefinitionId} short={24} />,
    },
    { key: 'version', head: t('version'), cell: (each) => <Live mapping={each} /> },
    {
      key: 'tests',
      head: t('tests'),
      cell: (each) => {
        const provider = providers.find(({ name }) => name === channelOf(each)?.type);
        return <StageMarks states={statesOf(each, provider?.scripts)} />;
      },
    },
    { key: 'updated', head: t('updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
  ];
  return (
    <Page title={t('title')} actions={mayEdit && newOne}>
      <PagedList
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/mappings/${id}`}
        label={t('listLabel')}
        empty={
          <EmptyState
            title={t('emptyTitle')}
            text={mayEdit ? t('emptyText') : t('emptyReader')}
            action={mayEdit && newOne}
          />
        }
      />
    </Page>
  );
}

/** How a mapping's stages stand, as the hub has them. */
function statesOf(
  { draft, lastTests }: Mapping,
  standard: Partial<ByStage<string>> | undefined,
): ByStage<StageState> {
  return byStage((stage) =>
    stateOf({
      text: draft[stage].source,
      saved: draft[stage],
      standard: standard?.[stage],
      lastTest: lastTests[stage],
      testedHere: undefined,
    }),
  );
}

function Live({ mapping: { publishedVersion, changedStages } }: { mapping: Mapping }) {
  const { t } = useTranslation('mappings');
  if (publishedVersion === null) return <Text size="sm">{t('unpublished')}</Text>;
  return (
    <Group gap="xs">
      <Text size="sm">{t('live', { version: publishedVersion })}</Text>
      {changedStages.length > 0 && (
        <Badge variant="outline" color="orange" tt="none">
          <Text inherit span c="var(--mantine-color-text)">
            {t('changed')}
          </Text>
        </Badge>
      )}
    </Group>
  );
}
