// The provider, outside of the process that is measured.
import { serveSimulators } from '../../server/simulator/serve.ts';
import { tell } from './processes.ts';

const { url } = await serveSimulators({ port: 0 });
tell(url);
