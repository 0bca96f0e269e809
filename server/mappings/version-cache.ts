import type { Db, Trx } from '../db/database.ts';
import type { MappingVersionRow } from '../db/tables.ts';
import { findVersion } from './version-store.ts';
import { scriptsOf } from './scripts.ts';
import type { Scripts } from './scripts.ts';

/** Which version, and what of its mapping may change while the version stands. */
export interface VersionKey {
  readonly mappingId: string;
  readonly mappingName: string;
  readonly channelId: string;
  readonly version: number;
  /** Of the version: tells it from another one of that number, after a database was put back from a copy. */
  readonly publishedAt: Date;
}

/** Published versions in memory: they never change, and are too large to be read for each run. */
export interface VersionCache {
  /** @throws AppError NOT_FOUND when the mapping has no such version */
  load(db: Db | Trx, key: VersionKey): Promise<Scripts>;
}

/** Some hundred KiB each at the very most. */
const MOST = 50;

/** Keeps the versions that were used last. */
export function createVersionCache(): VersionCache {
  const kept = new Map<string, MappingVersionRow>();
  return {
    async load(db, key) {
      const id = `${key.mappingId} ${key.version} ${key.publishedAt.getTime()}`;
      const row = kept.get(id) ?? (await findVersion(db, key.mappingId, key.version));
      // Put last again, so that the first is the one that was used longest ago.
      kept.delete(id);
      kept.set(id, row);
      if (kept.size > MOST) kept.delete(kept.keys().next().value ?? id);
      return scriptsOf({ ...row, mapping_name: key.mappingName, channel_id: key.channelId });
    },
  };
}
