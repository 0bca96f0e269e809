// The product as `npm start` runs it, with its demo, and 10,000 tasks of a channel that is paused: nobody works on them meanwhile.
import { readConfig } from '../../server/config.ts';
import { STAGES } from '../../server/contract/stage.ts';
import { openDatabase } from '../../server/db/open.ts';
import { startHub } from '../../server/hub.ts';
import { createLog } from '../../server/log.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { insertPlace } from '../../test/db/rows.ts';
import { tell } from '../hub/processes.ts';
import { SETTINGS } from '../hub/scene.ts';
import { seed } from '../hub/seed.ts';

const TASKS = 10_000;

const config = readConfig();
const log = createLog('warn');
const database = await openDatabase(config, log);
const hub = await startHub({ config, log, open: () => Promise.resolve(database) });
const { knex } = database;
const place = await insertPlace(knex, createSealer(SETTINGS.SECRET_KEY));
for (const stage of STAGES)
  await knex('mapping_drafts').insert({
    ...{ mapping_id: place.mappingId, stage, source: '', etag: stage, updated_by: 'Li Lei' },
  });
await knex('channels').where({ id: place.channelId }).update({ paused_at: new Date() });
await seed(knex, place, TASKS, { backlog: false });
tell(hub.url);
