import { bossOverKnex } from '../../server/jobs/boss-database.ts';
import { takeOver } from '../../server/jobs/job-store.ts';
import { useFolder } from '../db/support.ts';
import { prepareDataDir, usePostgres } from '../support/databases.ts';
import type { DatabaseKind } from '../support/databases.ts';

/** Where the data of killed hubs stays. */
export interface Data {
  /** The setting that leads there. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Lets the time pass after which a killed process's jobs are anybody's. Only PostgreSQL has such a time, and test/faults/killed-worker.test.ts
   * waits for it; the embedded database is one process's, so that the next start takes them at once.
   */
  readonly stepTime: () => Promise<void>;
}

/**
 * A fresh database that outlives processes.
 * @param options.empty without tables
 * @returns makes it, from beforeAll on
 */
export function useData(kind: DatabaseKind, { empty } = { empty: false }): () => Promise<Data> {
  if (kind === 'embedded') {
    const folder = useFolder();
    return async () => ({
      env: { DATA_DIR: empty ? folder() : await prepareDataDir(folder()) },
      stepTime: () => Promise.resolve(),
    });
  }
  const made = usePostgres({ empty });
  return () => {
    const { database, url = '' } = made();
    const stepTime = async (): Promise<void> => {
      await takeOver(bossOverKnex(database.knex));
    };
    return Promise.resolve({ env: { DATABASE_URL: url }, stepTime });
  };
}
