// Brings the tables of DATABASE_URL, else of the embedded database in DATA_DIR, up to date, as a start does.
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { createLog } from '../../server/log.ts';

const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir = '' } = process.env;
const log = createLog('info');
const database = await openDatabase({ databaseUrl, dataDir }, log);
process.stdout.write('open\n');
await migrate(database, log);
await database.close();
