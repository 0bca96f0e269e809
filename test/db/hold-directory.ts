// Opens the embedded database of the folder given, stores one row, says so and stays.
import { openEmbedded } from '../../server/db/embedded.ts';

const [, , dataDir] = process.argv;
const database = await openEmbedded(dataDir);
await database.knex.raw('create table if not exists kept (pid int)');
await database.knex('kept').insert({ pid: process.pid });
process.stdout.write(`${process.pid}\n`);
setInterval(() => undefined, 1_000);
