import { oneAtATime, percentile, perSecond } from './measure.ts';
import type { Peer } from './peers/peer.ts';
import { check } from './work.ts';

/** What one peer reached. Times in ms, memory in bytes. */
export interface Figures {
  firstResultMs: number;
  spaced: { p50: number; p99: number };
  backToBack: { p50: number; p99: number };
  perSecond: number;
  /** Resident memory before any load, after the warm-up, after the many runs. */
  idle: number[];
  warm: number[];
  after: number[];
}

const SPACED = 300;
const BACK_TO_BACK = 500;
/** The engine's memory is watched over 10,000 runs; for the others' rate fewer will do, the slowest makes fifty a second. */
const ENGINE_RUNS = { warm: 1_000, many: 10_000 };
const PEER_RUNS = { warm: 200, many: 2_000 };
const CONCURRENCY = 64;

/** Measures one peer in a process of its own; `name` is a file of bench/peers/. */
async function measure(name: string): Promise<Figures> {
  const startedAt = performance.now();
  const { open } = (await import(`./peers/${name}.ts`)) as { open: () => Promise<Peer> };
  const peer = await open();
  check(await peer.run());
  const firstResultMs = performance.now() - startedAt;
  const run = async (): Promise<void> => check(await peer.run());
  await oneAtATime(run, 100, 10);
  const idle = peer.resident();
  const spaced = await oneAtATime(run, SPACED, 10);
  const backToBack = await oneAtATime(run, BACK_TO_BACK, 0);
  const { warm: warmRuns, many } = name === 'countersign' ? ENGINE_RUNS : PEER_RUNS;
  await perSecond(run, warmRuns, CONCURRENCY);
  const warm = peer.resident();
  const rate = await perSecond(run, many, CONCURRENCY);
  const after = peer.resident();
  peer.close();
  return {
    firstResultMs,
    spaced: { p50: percentile(spaced, 0.5), p99: percentile(spaced, 0.99) },
    backToBack: { p50: percentile(backToBack, 0.5), p99: percentile(backToBack, 0.99) },
    perSecond: rate,
    idle,
    warm,
    after,
  };
}

const [name] = process.argv.slice(2);
if (name === undefined) throw new Error('which peer?');
process.send?.(await measure(name));
