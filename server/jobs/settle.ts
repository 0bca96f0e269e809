import type { CommandResponse, PgBoss } from 'pg-boss';
import { createBatch } from '../db/batch.ts';
import type { Attempt } from './job-store.ts';
import { JOB_NAMES } from './queue.ts';
import type { JobName } from './queue.ts';

/** Which of the jobs asked for were still ours: pg-boss answers it beside the count, though its declarations leave it out. */
export function settledIds(response: CommandResponse): ReadonlySet<string> {
  return new Set((response as CommandResponse & { settled?: readonly string[] }).settled ?? []);
}

/** Writes how jobs ended. Each answers false when the job was not ours any more, and throws when the database is away. */
export interface Settling {
  /** Jobs that end at the same time are written in one statement. */
  complete(attempt: Attempt): Promise<boolean>;
  /** The job is tried again later, or given up when its tries are used up. */
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
      // An id and a number cannot be wrong: what fails here is the database.
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

/** PostgreSQL's jsonb cannot hold U+0000 nor half a character; and nobody reads more. */
const storable = (text: string): string => text.slice(0, 2_000).replaceAll('\u0000', '\uFFFD').toWellFormed();
