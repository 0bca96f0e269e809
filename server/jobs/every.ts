import type { Log } from '../log.ts';

export interface Ticking {
  /** No further run begins; resolves when one under way has ended. */
  stop(): Promise<void>;
}

/** The share of the time between two runs by which it may differ, so that several processes do not move in step. */
const JITTER = 0.1;

/**
 * Runs something again and again, never twice at once: the time counts from the end of one run to the beginning of the next.
 * The first run comes after a part of it. A run that throws is logged, and the next one comes as ever.
 * @param log names what runs: `log.child({ tick: 'retention' })`
 */
export function every(ms: number, log: Log, run: () => Promise<void>): Ticking {
  let timer: NodeJS.Timeout;
  let running: Promise<void> | undefined;
  let isStopped = false;

  function schedule(afterMs: number): void {
    timer = setTimeout(() => {
      running = tick();
    }, afterMs).unref();
  }

  async function tick(): Promise<void> {
    try {
      await run();
    } catch (error) {
      log.error({ err: error }, 'a regular run failed; the next one comes as planned');
    }
    if (!isStopped) schedule(ms * (1 - JITTER + 2 * JITTER * Math.random()));
  }

  schedule(ms * Math.random());
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
