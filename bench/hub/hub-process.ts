// The hub as the product starts it, with the product's own settings, waits and log.
import { readConfig } from '../../server/config.ts';
import { startHub } from '../../server/hub.ts';
import { createLog } from '../../server/log.ts';
import { tell } from './processes.ts';

const config = readConfig();
const hub = await startHub({ config, log: createLog(config.logLevel) });
tell(hub.url);
