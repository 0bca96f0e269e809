import type { CommandResponse, PgBoss } from 'pg-boss';
import { createBatch } from '../db/batch.ts';
import type { Attempt } from './job-store.ts';
import { JOB_NAMES } from './queue.ts';
import type { JobName } from './queue.ts';

/** Which of the jobs still belonged to this process: pg-boss returns it beside the count, though its types do not declare it. */
export function settledIds(response: CommandResponse): ReadonlySet<string> {
  return new Set((response as CommandResponse & { settled?: readonly string[] }).settled ?? []);
}

/** Stores how jobs ended. Resolves to false when the job belongs to another process by now; rejects when the database is unavailable. */
export interface Settling {
  /** Jobs that end at the same time are stored in one statement. */
  complete(attempt: Attempt): Promise<boolean>;
  /** The job is tried again later, or given up when its attempts are used up. */
  fail(attempt: Attempt, error: unknown): Promise<boolean>;
}

const bare = ({ id, retryCount }: Attempt): { id: string; retryCount: number } => ({ id, retryCount });

export function createSettling(boss: PgBoss): Settling {
  const batchFor = (name: JobName): ((attempt: Attempt) => Promise<boolean>) =>
    createBatch<Attempt, boolean>(
      async (attempts) => {
        const settled = settledIds(await boss.complete(name, attempts.map(bare)));
        return attempts.map(({ id }) => settled.has(id));
      },
      // An id and a number are always valid: only the database can fail here.
      { concernsAll: () => true },
    );
  const batches = new Map(JOB_NAMES.map((name) => [name, batchFor(name)]));

  return {
    complete(attempt) {
      const complete = batches.get(attempt.name) ?? batchFor(attempt.name);
      return complete(attempt);
    },
    async fail(attempt, error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const response = await boss.fail(attempt.name, [bare(attempt)], { message: storable(message) });
      return settledIds(response).has(attempt.id);
    },
  };
}

/** jsonb cannot hold U+0000 or half a surrogate pair, and longer messages help nobody. */
const storable = (text: string): string => text.slice(0, 2_000).replaceAll('\u0000', '\uFFFD').toWellFormed();
