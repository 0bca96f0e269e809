// What one would write who needs nothing but rows: the same Koa, the same database, no hub.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
import { readConfig } from '../../server/config.ts';
import type { SubmitTask } from '../../server/contract/task.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { newId } from '../../server/ids.ts';
import { createJobs } from '../../server/jobs/work.ts';
import { createLog } from '../../server/log.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { insertPlace } from '../../test/db/rows.ts';
import { insertByHand } from './by-hand.ts';
import { tell } from './processes.ts';
import { SETTINGS } from './scene.ts';

const log = createLog('warn');
const database = await openDatabase(readConfig(), log);
await migrate(database);
// The queue's tables; nobody works on them.
const jobs = createJobs({ database, log });
await jobs.prepare();
await jobs.stop(0);
const { knex } = database;
const place = await insertPlace(knex, createSealer(SETTINGS.SECRET_KEY));

const app = new Koa();
app.use(bodyParser({ jsonLimit: '4mb' }));
app.use(async (ctx) => {
  const task = ctx.request.body as SubmitTask;
  if (ctx.path === '/by-hand') await insertByHand(knex, place, task);
  else
    await knex('tasks').insert({
      ...{ id: newId(), task_id: task.taskId, task_type: task.taskType, submitted_by: 'token platform' },
      variables: task.variables as Record<string, string>,
    });
  ctx.status = 202;
  ctx.body = { taskId: task.taskId, status: 'submitted' };
});
const handle = app.callback();
const server = createServer((request, response) => void handle(request, response));
server.listen(0, '127.0.0.1', () => tell(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
