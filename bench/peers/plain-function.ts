import { createContext, runInContext } from 'node:vm';
import { globals, javascript, prelude } from '../work.ts';
import type { Peer } from './peer.ts';

/**
 * The same mapping as a plain function that is made once and called: no border, no limits, state left behind. What any
 * engine could at best come near to.
 */
export function open(): Promise<Peer> {
  const context = createContext({});
  runInContext(prelude, context);
  const names = Object.keys(globals);
  const text = `(async function (fromField, ${names.join(', ')}) {\n${javascript}\n})`;
  const mapping = runInContext(text, context) as (form: unknown, ...values: string[]) => Promise<unknown>;
  const newForm = runInContext('() => new JSONArray()', context) as () => unknown;
  const values = Object.values(globals);
  return Promise.resolve({
    run: async () => JSON.stringify(await mapping(newForm(), ...values)),
    resident: () => [process.memoryUsage.rss()],
    close: () => undefined,
  });
}
