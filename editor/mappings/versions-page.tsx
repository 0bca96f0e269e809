import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useList, useRead } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { Page } from '../parts/page.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import type { Column } from '../parts/paged-list.tsx';
import { When } from '../parts/when.tsx';
import { useWho } from '../parts/who.ts';
import { RestoredAlert } from './restored-alert.tsx';
import type { MappingDetail, Version } from './types.ts';
import { useRestore } from './use-restore.tsx';
import classes from './versions.module.css';

/** `/mappings/:id/versions`: who published what, when and why, and which tasks still run on it. */
export default function VersionsPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('versions');
  const mapping = useRead<MappingDetail>(`/mappings/${encodeURIComponent(id)}`);
  if (mapping.data === undefined)
    return mapping.error === null ? (
      <LoadingState words={t('loading')} />
    ) : (
      <ErrorState error={mapping.error} retry={() => void mapping.refetch()} />
    );
  return <Versions mapping={mapping.data} />;
}

function Versions({ mapping: { id, name } }: { mapping: MappingDetail }) {
  const { t } = useTranslation('versions');
  const whoIs = useWho();
  const mayEdit = useMay('editor');
  const query = useList<Version>(`/mappings/${id}/versions`);
  const { restore, restored, undo } = useRestore(id);
  const columns: Column<Version>[] = [
    {
      key: 'version',
      head: t('version'),
      width: '8rem',
      cell: ({ version, current }) => (
        <Group gap="xs" wrap="nowrap">
          {t('versionName', { version })}
          {current && (
            <Badge variant="outline" color="green" tt="none">
              <Text inherit span c="var(--mantine-color-text)">
                {t('current')}
              </Text>
            </Badge>
          )}
        </Group>
      ),
    },
    {
      key: 'note',
      head: t('note'),
      cell: ({ note }) =>
        note === '' ? (
          <Text size="sm" c="dimmed" span>
            {t('noNote')}
          </Text>
        ) : (
          <span className={classes['note']}>{note}</span>
        ),
    },
    { key: 'who', head: t('who'), cell: ({ publishedBy }) => whoIs(publishedBy) },
    { key: 'when', head: t('when'), cell: ({ publishedAt }) => <When at={publishedAt} /> },
    { key: 'tasks', head: t('openTasks'), cell: ({ openTasks }) => openTasks },
    {
      key: 'actions',
      head: t('actions'),
      cell: ({ version }) => (
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            component={Link}
            to={`/mappings/${id}/compare?from=${version}&to=draft`}
          >
            {t('compare')}
          </Button>
          {mayEdit && (
            <Button size="compact-sm" variant="default" onClick={() => void restore(version)}>
              {t('restore')}
            </Button>
          )}
        </Group>
      ),
    },
  ];
  return (
    <Page title={t('title', { name })} back={{ to: `/mappings/${id}`, label: name }}>
      {restored !== undefined && <RestoredAlert mappingId={id} restored={restored} undo={undo} />}
      <PagedList
        query={query}
        columns={columns}
        rowKey={({ version }) => String(version)}
        label={t('listLabel')}
        empty={
          <EmptyState
            title={t('emptyTitle')}
            text={t('emptyText')}
            action={
              <Button component={Link} to={`/mappings/${id}`}>
                {t('toDraft')}
              </Button>
            }
          />
        }
      />
    </Page>
  );
}
