import { Button } from '@mantine/core';
import { PagedList } from '../parts/paged-list.tsx';
import type { Column, PagedListProps } from '../parts/paged-list.tsx';
import classes from './filters.module.css';
import { rowMark } from './rows-in-view.ts';
import type { LiveList } from './use-live-list.ts';

/** Says that rows have come, and shows them when asked to; keeps its place when none have. @param props.words "3 new tasks: show them" */
export function Arrived({
  live,
  words,
}: {
  live: Pick<LiveList<unknown>, 'arrived' | 'showArrived'>;
  words: string;
}) {
  return (
    <div className={classes['arrived']} role="status">
      {live.arrived > 0 && (
        <Button variant="light" size="xs" onClick={live.showArrived}>
          {words}
        </Button>
      )}
    </div>
  );
}

/** A list that keeps itself up to date (see useLiveList). While other filters are being read, what was read before stays, faded. */
export function LiveListView<T>({
  live: { list },
  rowKey,
  columns: [first, ...others],
  ...props
}: Omit<PagedListProps<T>, 'query' | 'rowKey'> & {
  readonly live: LiveList<T>;
  readonly rowKey: (row: T) => string;
}) {
  const columns = first === undefined ? [] : [marked(first, rowKey), ...others];
  return (
    <div className={list.isPlaceholderData ? classes['old'] : undefined} aria-busy={list.isPlaceholderData}>
      <PagedList query={list} columns={columns} rowKey={rowKey} {...props} />
    </div>
  );
}

/** The first cell says which row it is of, so that what is on the screen can be told. */
const marked = <T,>(column: Column<T>, rowKey: (row: T) => string): Column<T> => ({
  ...column,
  cell: (row) => <span {...rowMark(rowKey(row))}>{column.cell(row)}</span>,
});
