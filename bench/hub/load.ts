import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** JSON as text: the sender should not be measured at writing it. */
  readonly body?: string;
  readonly token?: string;
}

/** A server that is slow is measured, not given up. */
const CONNECT_MS = 60_000;

/** A server, spoken to over connections that stay open. */
export interface Target {
  /** @returns JSON, read; anything else as text. @throws Error when the answer has another status than `wanted` */
  ask(call: Call, wanted: number): Promise<unknown>;
  close(): Promise<void>;
}

/** @param connections at most so many at once; the others wait */
export function targetAt(origin: string, connections: number): Target {
  const pool = new Pool(origin, { connections, pipelining: 1, connect: { timeout: CONNECT_MS } });
  return {
    async ask({ method, path, body, token }, wanted) {
      const {
        statusCode,
        headers,
        body: answer,
      } = await pool.request({
        ...{ method, path, body: body ?? null },
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      const text = await answer.text();
      if (statusCode !== wanted)
        throw new Error(`${method} ${path} answered ${statusCode}: ${text.slice(0, 500)}`);
      return headers['content-type']?.includes('json') === true ? (JSON.parse(text) as unknown) : text;
    },
    close: () => pool.destroy(),
  };
}

/** Keeps `concurrency` under way for so long. @returns how many ended a second */
export async function keepBusy(
  run: () => Promise<unknown>,
  { seconds, concurrency }: { seconds: number; concurrency: number },
): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - startedAt < seconds * 1_000) {
      await run();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return done / ((performance.now() - startedAt) / 1_000);
}

/**
 * Begins one at each of evenly spread moments, whether or not those before have ended, as the world does.
 * @param run is told which it is, from 0 on, and for when it was planned (performance.now())
 * @returns what each came to, in order
 */
export async function atRate<T>(
  run: (index: number, plannedAt: number) => Promise<T>,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<T[]> {
  const startedAt = performance.now();
  const all: Promise<T>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const plannedAt = startedAt + (index * 1_000) / perSecond;
    const early = plannedAt - performance.now();
    if (early > 0) await pause(early);
    all.push(run(index, plannedAt));
  }
  return Promise.all(all);
}
