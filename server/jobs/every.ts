import type { Log } from '../log.ts';

export interface Ticking {
  /** Starts no further run; resolves when a running one has ended. */
  stop(): Promise<void>;
}

/** By which fraction the time between two runs varies, so that several processes do not run in step. */
const JITTER = 0.1;

/**
 * Runs a function repeatedly, never twice at once: the interval is from the end of one run to the start of the next. The first run comes
 * after a part of it. A run that throws is logged, and the next one follows as usual.
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
