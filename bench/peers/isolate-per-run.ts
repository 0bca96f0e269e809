import ivm from 'isolated-vm';
import { answerOf, prelude, startOrder } from '../work.ts';
import type { Peer } from './peer.ts';

/**
 * A new isolate for each run in the calling process, its libraries compiled each time: what Directus does
 * (api/src/operations/exec/index.ts: new Isolate, createContextSync, compileScript, run with a timeout, dispose).
 */
export function open(): Promise<Peer> {
  return Promise.resolve({
    run: async () => {
      const isolate = new ivm.Isolate({ memoryLimit: 64 });
      try {
        const context = isolate.createContextSync();
        const script = await isolate.compileScript(prelude, { filename: 'prelude' });
        const bridge: ivm.Reference = await script.run(context, { timeout: 1_000, reference: true });
        const start: ivm.Reference = await bridge.get('start', { reference: true });
        const drain: ivm.Reference = await bridge.get('drain', { reference: true });
        await start.apply(undefined, [startOrder], { timeout: 1_000 });
        return answerOf((await drain.apply(undefined, [])) as string);
      } finally {
        isolate.dispose();
      }
    },
    resident: () => [process.memoryUsage.rss()],
    close: () => undefined,
  });
}
