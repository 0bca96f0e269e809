// Holds the embedded hub of the settings as a server does, and takes commands over its socket until SIGTERM.
import { readConfig } from '../../server/config.ts';
import { controlOf } from '../../server/control/control.ts';
import { serveControl } from '../../server/control/serve.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { createLog } from '../../server/log.ts';
import { openSealer } from '../../server/secrets/keys.ts';

const config = readConfig();
const log = createLog('silent');
const database = await openDatabase(config, log);
await migrate(database);
const control = controlOf(database, await openSealer(database.knex, config));
const socket = await serveControl({ dataDir: config.dataDir, control, log });
process.stdout.write('ready\n');
process.once('SIGTERM', () => void socket.close().then(() => database.close()));
