import { getQuickJS } from 'quickjs-emscripten';
import { answerOf, prelude, startOrder } from '../work.ts';
import type { Peer } from './peer.ts';

/** What this QuickJS does not have yet and the prelude takes hold of at its start; the work uses none of it. */
const MISSING = `
  for (const name of ['fromBase64', 'fromHex']) Uint8Array[name] ??= () => new Uint8Array();
  for (const name of ['toBase64', 'toHex']) Uint8Array.prototype[name] ??= () => '';`;

/** A new QuickJS runtime (WebAssembly) for each run: what a product without native code would pick. */
export async function open(): Promise<Peer> {
  const quickjs = await getQuickJS();
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- all of it is synchronous; the interface is not
    run: async () => {
      const runtime = quickjs.newRuntime();
      runtime.setMemoryLimit(64 * 1024 * 1024);
      const deadline = Date.now() + 1_000;
      runtime.setInterruptHandler(() => Date.now() > deadline);
      const context = runtime.newContext();
      try {
        context.unwrapResult(context.evalCode(MISSING, 'missing')).dispose();
        const bridge = context.unwrapResult(context.evalCode(prelude, 'prelude'));
        const start = context.getProp(bridge, 'start');
        const drain = context.getProp(bridge, 'drain');
        const json = context.newString(startOrder);
        context.unwrapResult(context.callFunction(start, context.undefined, json)).dispose();
        const jobs = runtime.executePendingJobs();
        if ('error' in jobs && jobs.error) jobs.error.dispose();
        const drained = context.unwrapResult(context.callFunction(drain, context.undefined));
        const text = context.getString(drained);
        for (const handle of [bridge, start, drain, json, drained]) handle.dispose();
        return answerOf(text);
      } finally {
        context.dispose();
        runtime.dispose();
      }
    },
    resident: () => [process.memoryUsage.rss()],
    close: () => undefined,
  };
}
