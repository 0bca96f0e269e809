import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { withQuery } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { Page } from '../parts/page.tsx';
import { CompareSides } from './compare-sides.tsx';
import { Comparison } from './comparison.tsx';
import { RestoredAlert } from './restored-alert.tsx';
import { lineOf, STAGES } from './stages.ts';
import type { Compared, MappingDetail, Version } from './types.ts';
import { useRestore } from './use-restore.tsx';

/** `/mappings/:id/compare?from=3&to=draft&stage=create&line=12`: two states of a mapping side by side, or one stage of them. */
export default function ComparePage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('versions');
  const mapping = useRead<MappingDetail>(`/mappings/${encodeURIComponent(id)}`);
  const versions = useRead<PageOf<Version>>(`/mappings/${encodeURIComponent(id)}/versions?limit=200`);
  const failed = [mapping, versions].find(({ error, data }) => error !== null && data === undefined);
  if (failed !== undefined) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  if (mapping.data === undefined || versions.data === undefined) return <LoadingState words={t('loading')} />;
  return <Sides mapping={mapping.data} versions={versions.data.items} />;
}

function Sides({ mapping, versions }: { mapping: MappingDetail; versions: readonly Version[] }) {
  const { t } = useTranslation('versions');
  const { id, name, publishedVersion } = mapping;
  const mayEdit = useMay('editor');
  const [query, setQuery] = useSearchParams();
  const from = query.get('from') ?? String(publishedVersion ?? '');
  const to = query.get('to') ?? 'draft';
  const stage = STAGES.find((each) => each === query.get('stage'));
  const { restore, restored, undo } = useRestore(id);
  const compared = useRead<Compared>(withQuery(`/mappings/${id}/compare`, { from, to }), {
    enabled: from !== '',
  });
  const old = [from, to].find((side) => side !== 'draft');
  return (
    <Page
      title={t('compareTitle', { name })}
      back={{ to: `/mappings/${id}`, label: name }}
      actions={
        mayEdit &&
        old !== undefined &&
        old !== '' && (
          <Button variant="default" onClick={() => void restore(Number(old))}>
            {t('restoreVersion', { version: old })}
          </Button>
        )
      }
    >
      {restored !== undefined && <RestoredAlert mappingId={id} restored={restored} undo={undo} />}
      {versions.length === 0 ? (
        <EmptyState
          title={t('emptyTitle')}
          text={t('nothingToCompare')}
          action={
            <Button component={Link} to={`/mappings/${id}`}>
              {t('toDraft')}
            </Button>
          }
        />
      ) : (
        <CompareSides
          {...{ from, to, stage, versions }}
          changed={STAGES.filter((each) => compared.data?.stages[each].changed)}
          onChange={({ stage: next, ...sides }) =>
            setQuery({ ...sides, ...(next !== undefined && { stage: next }) }, { replace: true })
          }
        />
      )}
      {from !== '' && compared.isPending && <LoadingState words={t('comparing')} />}
      {compared.error !== null && <ErrorState error={compared.error} retry={() => void compared.refetch()} />}
      {compared.data !== undefined && (
        <Comparison compared={compared.data} mappingId={id} only={stage} line={lineOf(query.get('line'))} />
      )}
    </Page>
  );
}
