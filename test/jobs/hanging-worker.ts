// A hub's process that has taken a job and is in the middle of it: waits to be killed. Arguments: `postgres <url>`, or
// `embedded <folder>`, which it fills first.
import { openPostgres } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { createJobs } from '../../server/jobs/work.ts';
import { handlers, quiet } from './support.ts';

const [kind, where = ''] = process.argv.slice(2);
const database = kind === 'postgres' ? openPostgres(where) : await openEmbedded(where);
const jobs = createJobs({ database, log: quiet, pace: { heartbeatSeconds: 10, superviseSeconds: 1 } });
await jobs.start(
  handlers(async () => {
    process.stdout.write('in the middle of it\n');
    await new Promise(() => undefined);
  }),
);
if (kind === 'embedded')
  await database.knex.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }));
