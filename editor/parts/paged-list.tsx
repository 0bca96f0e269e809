import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { itemsOf } from '../api/queries.ts';
import type { ListQuery } from '../api/queries.ts';
import { ErrorState } from './error-state.tsx';
import { LoadingState } from './loading-state.tsx';
import classes from './paged-list.module.css';

export interface Column<T> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** CSS, as `10rem`. */
  readonly width?: string;
}

export interface PagedListProps<T> {
  readonly query: ListQuery<T>;
  readonly columns: readonly Column<T>[];
  /** Names a row; its place in the list unless told. */
  readonly rowKey?: (row: T) => string;
  /** Where a row leads. Its first cell becomes the link, and a click anywhere in the row follows it. */
  readonly rowLink?: (row: T) => string;
  /** Shown instead of a table without rows: an EmptyState. */
  readonly empty: ReactNode;
  /** What is listed, for those who hear the page. */
  readonly label: string;
}

/** A list that the server pages: a table, or cards on a narrow screen, and a button for more. */
export function PagedList<T>({ query, columns, rowKey, rowLink, empty, label }: PagedListProps<T>) {
  const { t } = useTranslation('parts');
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  if (isPending) return <LoadingState words={t('loading')} />;
  const rows = itemsOf(data);
  const more = hasNextPage && (
    <Button
      variant="default"
      onClick={() => void fetchNextPage()}
      // Not `loading`: that would take the words away, and the focus with them.
      aria-busy={isFetchingNextPage}
    >
      {isFetchingNextPage ? t('loadingMore') : rows.length === 0 ? t('searchOn') : t('loadMore')}
    </Button>
  );
  return (
    <>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {rows.length > 0 && (
        <table className={classes['list']} aria-label={label}>
          <thead>
            <tr>
              {columns.map(({ key, head, width }) => (
                <th key={key} scope="col" style={{ width }}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <Row key={rowKey?.(row) ?? index} {...{ row, columns }} to={rowLink?.(row)} />
            ))}
          </tbody>
        </table>
      )}
      {rows.length === 0 && error === null && !hasNextPage && empty}
      <div className={classes['foot']}>
        {more}
        {rows.length > 0 && !hasNextPage && (
          <Text size="sm" c="dimmed">
            {t('allShown', { count: rows.length })}
          </Text>
        )}
      </div>
    </>
  );
}

function Row<T>({ row, columns, to }: { row: T; columns: readonly Column<T>[]; to: string | undefined }) {
  return (
    <tr className={to === undefined ? undefined : classes['linked']}>
      {columns.map(({ key, head, cell }, index) => (
        <td key={key} data-head={head}>
          {index === 0 && to !== undefined ? (
            <Link to={to} className={classes['link']}>
              {cell(row)}
            </Link>
          ) : (
            cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}
