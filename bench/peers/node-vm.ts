import { createContext, Script } from 'node:vm';
import { answerOf, prelude, startOrder } from '../work.ts';
import type { Peer } from './peer.ts';

interface Bridge {
  start(json: string): void;
  drain(): string;
}

/** A new node:vm context for each run, which is no border against hostile code: what n8n's task runner does. */
export function open(): Promise<Peer> {
  const script = new Script(prelude, { filename: 'prelude' });
  return Promise.resolve({
    run: async () => {
      const bridge = script.runInContext(createContext({}), { timeout: 1_000 }) as Bridge;
      bridge.start(startOrder);
      // The script's own promises settle in the microtasks before this.
      await new Promise((resolve) => setImmediate(resolve));
      return answerOf(bridge.drain());
    },
    resident: () => [process.memoryUsage.rss()],
    close: () => undefined,
  });
}
