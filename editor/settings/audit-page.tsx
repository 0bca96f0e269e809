import { Button, Text } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditLine } from '../../server/contract/audit.ts';
import { itemsOf, useList } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { useFilters } from '../lists/use-filters.ts';
import { CopyId } from '../parts/copy-id.tsx';
import { DownloadCsv } from '../parts/download-csv.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { When } from '../parts/when.tsx';
import { useWho } from '../parts/who.ts';
import { nameIn, pageOfObject } from './audit-change.ts';
import { AuditChange } from './audit-change-view.tsx';
import { AUDIT_FILTERS, AuditFilters } from './audit-filters.tsx';
import { useAuditWords } from './audit-words.ts';
import classes from './audit.module.css';
import { SettingsPage } from './settings-page.tsx';

const NOTHING = { objectType: '', action: '', by: '', objectId: '' };

const CSV: Readonly<Record<string, (line: AuditLine) => string>> = {
  at: ({ at }) => at,
  by: ({ by }) => by,
  action: ({ action }) => action,
  objectType: ({ objectType }) => objectType,
  objectId: ({ objectId }) => objectId,
  change: ({ before, after }) => JSON.stringify({ before, after }),
};

/** Who changed what, and when; each line opens to what it was and what it became. */
export default function AuditPage() {
  const { t } = useTranslation('settings');
  const { filters, setFilters, isFiltered } = useFilters(AUDIT_FILTERS);
  const query = useList<AuditLine>('/audit', filters, { enabled: useMay('admin') });
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const lines = itemsOf(data);
  return (
    <SettingsPage
      title="audit"
      needed="admin"
      actions={<DownloadCsv path="/audit" query={filters} columns={CSV} />}
    >
      <AuditFilters {...{ filters, setFilters }} />
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {isPending && <LoadingState words={t('audit.loading')} />}
      {lines.length > 0 && <AuditTable lines={lines} />}
      {!isPending && error === null && lines.length === 0 && (
        <EmptyState
          title={t(isFiltered ? 'audit.noMatch' : 'audit.empty')}
          text={t(isFiltered ? 'audit.noMatchText' : 'audit.emptyText')}
          {...(isFiltered && {
            action: (
              <Button variant="default" onClick={() => setFilters(NOTHING)}>
                {t('audit.clear')}
              </Button>
            ),
          })}
        />
      )}
      {hasNextPage && (
        <Button variant="default" mt="md" aria-busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t(isFetchingNextPage ? 'audit.loading' : 'audit.more')}
        </Button>
      )}
    </SettingsPage>
  );
}

function AuditTable({ lines }: { lines: readonly AuditLine[] }) {
  const { t } = useTranslation('settings');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <table className={classes['table']} aria-label={t('audit.title')}>
      <thead>
        <tr>
          <th scope="col">{t('audit.at')}</th>
          <th scope="col">{t('audit.by')}</th>
          <th scope="col">{t('audit.what')}</th>
          <th scope="col">{t('audit.object')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Fragment key={line.id}>
            <Line line={line} isOpen={open.has(line.id)} toggle={() => toggle(line.id)} />
            {open.has(line.id) && (
              <tr id={`change-${line.id}`}>
                <td colSpan={4} className={classes['change']}>
                  <AuditChange line={line} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Line({ line, isOpen, toggle }: { line: AuditLine; isOpen: boolean; toggle: () => void }) {
  const { t } = useTranslation('settings');
  const whoIs = useWho();
  const { actionOf, objectOf } = useAuditWords();
  const page = pageOfObject(line);
  const name = nameIn(line);
  const what = actionOf(line.action);
  return (
    <tr>
      <td data-head={t('audit.at')}>
        <When at={line.at} />
      </td>
      <td data-head={t('audit.by')}>{whoIs(line.by)}</td>
      <td data-head={t('audit.what')}>
        <button
          type="button"
          className={classes['toggle']}
          aria-expanded={isOpen}
          aria-controls={`change-${line.id}`}
          aria-label={t('audit.showOf', {
            what: `${what} ${objectOf(line.objectType)} ${name ?? ''}`.trim(),
          })}
          onClick={toggle}
        >
          <span className={classes['arrow']} data-open={isOpen || undefined} aria-hidden>
            ▸
          </span>
          {what}
        </button>
      </td>
      <td data-head={t('audit.object')}>
        {page !== undefined && name === undefined ? (
          <Link to={page}>{objectOf(line.objectType)}</Link>
        ) : (
          objectOf(line.objectType)
        )}{' '}
        {name !== undefined && (page === undefined ? <strong>{name}</strong> : <Link to={page}>{name}</Link>)}{' '}
        <Text span size="xs" c="dimmed">
          <CopyId value={line.objectId} short={13} />
        </Text>
      </td>
    </tr>
  );
}
