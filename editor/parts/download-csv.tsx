import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, withQuery } from '../api/client.ts';
import type { PageOf } from '../api/queries.ts';
import { csvOf } from './csv.ts';
import { showHint, showTrouble } from './notify.ts';

/** As many as a spreadsheet is still pleasant with. */
const MOST_ROWS = 10_000;
const PAGE_ROWS = 200;
const KEPT_MS = 10_000;

interface DownloadCsvProps<T> {
  /** Of the list, below /api/v1, and its filters. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** As the API calls them, so that the file is the same whoever downloads it. */
  readonly columns: Readonly<Record<string, (row: T) => string | null | undefined>>;
}

/** Downloads all that a list finds, not just what is shown, as a file for a spreadsheet. Pressed again it stops. */
export function DownloadCsv<T>({ path, query, columns }: DownloadCsvProps<T>) {
  const { t } = useTranslation('parts');
  const [read, setRead] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const download = async (): Promise<void> => {
    const mine = new AbortController();
    running.current = mine;
    const { signal } = mine;
    setRead(0);
    try {
      const rows: T[] = [];
      let cursor: string | undefined;
      do {
        const page: PageOf<T> = await call('GET', withQuery(path, { ...query, limit: PAGE_ROWS, cursor }), {
          signal,
        });
        rows.push(...page.items);
        setRead(rows.length);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined && rows.length < MOST_ROWS);
      save(`countersign${path.replaceAll('/', '-')}.csv`, csvOf(rows, columns));
      if (cursor !== undefined) showHint('csv-cut', t('csvCut', { count: rows.length }));
    } catch (error) {
      if (!signal.aborted) showTrouble(error);
    } finally {
      setRead(undefined);
    }
  };
  const isRunning = read !== undefined;
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      title={isRunning ? t('csvStop') : t('csvHelp')}
      onClick={() => (isRunning ? running.current?.abort() : void download())}
    >
      {isRunning ? t('csvReading', { count: read }) : t('csv')}
    </Button>
  );
}

/** Gives the browser a file to keep. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // Not at once: some browsers begin to read it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
