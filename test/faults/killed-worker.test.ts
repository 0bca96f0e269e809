import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../server/db/embedded.ts';
import { createJobs } from '../../server/jobs/work.ts';
import type { Jobs } from '../../server/jobs/work.ts';
import { DATABASES, usePostgres } from '../support/databases.ts';
import { eventually, handlers, quiet, workersOn } from '../jobs/support.ts';

/** Quicker than the product, which notices within 20 + 10 s. */
const QUICK = { heartbeatSeconds: 10, superviseSeconds: 1 };
/** Nobody looks for jobs that are not reported any more. */
const UNSUPERVISED = { superviseSeconds: 3_600 };

/** Starts a process on a database, and resolves when it is in the middle of a job. */
async function inTheMiddle(kind: string, where: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../jobs/hanging-worker.ts', import.meta.url));
  const child = spawn(process.execPath, [script, kind, where], { stdio: ['ignore', 'pipe', 'inherit'] });
  const first = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error(`The process ended with ${String(first[0])}.`);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Starts to work, and answers which attempts the first jobs were. */
async function attemptsOf(jobs: Jobs): Promise<number[]> {
  const attempts: number[] = [];
  await jobs.start(
    handlers((_, { attempt }) => {
      attempts.push(attempt);
      return Promise.resolve();
    }),
  );
  await eventually(() => attempts.length > 0);
  return attempts;
}

describe.runIf(DATABASES.includes('postgres'))('a process killed in the middle of a job, on postgres', () => {
  const made = usePostgres();
  const workers = workersOn(() => made().database);
  afterEach(() => workers.stop());

  it('has it done by another process within a minute', async () => {
    const other = workers.add({ pace: QUICK });
    await other.prepare();
    await made().database.knex.transaction((trx) =>
      other.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }),
    );
    await kill(await inTheMiddle('postgres', made().url ?? ''));
    const killedAt = performance.now();
    expect(await attemptsOf(other)).toEqual([2]);
    expect(performance.now() - killedAt).toBeLessThan(40_000);
  }, 60_000);
});

describe('a process killed in the middle of a job, on embedded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-jobs-'));
  let jobs: Jobs | undefined;
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('goes on with it at once when it is started again', async () => {
    await kill(await inTheMiddle('embedded', folder));
    const database = await openEmbedded(folder);
    try {
      jobs = createJobs({ database, log: quiet, pace: UNSUPERVISED });
      expect(await attemptsOf(jobs)).toEqual([2]);
    } finally {
      await jobs?.stop(1_000);
      await database.close();
    }
  }, 60_000);
});
