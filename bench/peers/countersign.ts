import { openRecorded } from '../../server/sandbox/egress.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { globals, limits, source } from '../work.ts';
import type { Peer } from './peer.ts';

/** This engine end to end: queue, child process, ready isolate, conversion of the typed text, answer checked and back. */
export async function open(): Promise<Peer> {
  const sandbox = await Sandbox.start({ clients: {} });
  const policy = {
    ...{ providerHosts: [], allowedHosts: [], createCalls: [], readCalls: [], ownOrigins: [] },
    limits: { calls: 0, callMs: 1, outBytes: 0, inBytes: 0, redirects: 0, headerBytes: 0 },
  };
  const order = { stage: 'create', source, globals, objects: ['fromField', 'reqBody'], client: null, limits };
  return {
    run: async () => {
      const outcome = await sandbox.run({ key: 'bench', order, openEgress: () => openRecorded([], policy) });
      if (outcome.result === undefined) throw new Error(outcome.failure?.message);
      return outcome.result;
    },
    resident: () => sandbox.stats().children.map(({ residentBytes }) => residentBytes ?? 0),
    close: () => sandbox.close(),
  };
}
