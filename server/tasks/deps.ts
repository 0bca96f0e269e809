import type { Approvals } from '../approvals/approvals.ts';
import type { ChannelStore } from '../channels/store.ts';
import type { Db } from '../db/database.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Observer } from '../metrics.ts';
import type { Waits } from '../waits.ts';

/** What tasks need of the rest of the hub. */
export interface TaskDeps {
  readonly knex: Db;
  readonly queue: JobQueue;
  readonly channels: Pick<ChannelStore, 'find'>;
  readonly approvals: Pick<Approvals, 'syncNow' | 'lookSoon'>;
  readonly waits: Waits;
  readonly observe: Observer;
}

/** Who asks, for timeline and audit. */
export interface Who {
  readonly by: string;
  readonly requestId?: string | undefined;
}
