import type { ChannelStore } from '../channels/store.ts';
import type { Db } from '../db/database.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Log } from '../log.ts';
import type { StageCaller } from '../mappings/call.ts';
import type { VersionCache } from '../mappings/version-cache.ts';
import type { Observer } from '../metrics.ts';
import type { Waits } from '../waits.ts';

/** What the life of an approval needs of the rest of the hub, and of the world. */
export interface ApprovalDeps {
  readonly knex: Db;
  readonly queue: JobQueue;
  readonly channels: Pick<ChannelStore, 'find' | 'of'>;
  readonly versions: VersionCache;
  readonly caller: StageCaller;
  readonly waits: Waits;
  readonly observe: Observer;
  readonly log: Log;
  /** 0 to 1, to spread what would happen at the same moment. */
  readonly random: () => number;
  /** Milliseconds on a clock that never goes back and goes on while the process is stopped. */
  readonly monotonic: () => number;
}

/** Who ran an execution, when no person did. */
export const THE_HUB = 'the hub';
