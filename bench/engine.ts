import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bound } from './bounds.ts';
import { measureNeighbours } from './neighbours.ts';
import type { NeighbourFigures } from './neighbours.ts';
import type { Figures } from './peer-process.ts';

const PEERS = [
  { file: 'countersign', label: 'countersign (end to end)' },
  { file: 'isolate-per-run', label: 'isolate per run, in process' },
  { file: 'node-vm', label: 'node:vm, new context' },
  { file: 'quickjs', label: 'QuickJS, new runtime' },
  { file: 'plain-function', label: 'plain function (the limit)' },
] as const;

async function measure(file: string): Promise<Figures> {
  const child = fork(fileURLToPath(new URL('./peer-process.ts', import.meta.url)), [file], {
    // isolated-vm must have it, and it must be the same for all.
    execArgv: ['--no-node-snapshot', '--no-warnings'],
  });
  const ended = once(child, 'exit');
  const figures = new Promise<Figures>((resolve) =>
    child.once('message', (message) => resolve(message as Figures)),
  );
  const first = await Promise.race([figures, ended.then(() => undefined)]);
  if (first === undefined) throw new Error(`the peer ${file} ended without figures`);
  await ended;
  return first;
}

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
const mib = (bytes: readonly number[]): string => bytes.map((each) => Math.round(each / 2 ** 20)).join(' + ');

function table(all: ReadonlyMap<string, Figures>): string {
  const head = [
    '',
    'spaced p50',
    'p99',
    'back to back p50',
    'p99',
    'runs/s at 64',
    'MiB idle',
    'MiB warm',
    'MiB after',
    'first result',
  ];
  const rows = PEERS.map(({ file, label }) => {
    const figures = all.get(file);
    if (figures === undefined) throw new Error(`no figures of ${file}`);
    const { spaced, backToBack, perSecond, idle, warm, after, firstResultMs } = figures;
    const times = [spaced.p50, spaced.p99, backToBack.p50, backToBack.p99].map(ms);
    return [
      label,
      ...times,
      String(Math.round(perSecond)),
      mib(idle),
      mib(warm),
      mib(after),
      ms(firstResultMs),
    ];
  });
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function bounds(engine: Figures, isolate: Figures, neighbours: NeighbourFigures): Bound[] {
  const sum = (bytes: readonly number[]): number => bytes.reduce((total, each) => total + each, 0);
  return [
    {
      what: 'spaced p50 ÷ that of the isolate per run',
      values: [engine.spaced.p50 / isolate.spaced.p50],
      most: 0.5,
    },
    {
      what: 'runs/s ÷ those of the isolate per run',
      values: [engine.perSecond / isolate.perSecond],
      least: 1.3,
    },
    {
      what: 'memory after 10,000 runs ÷ after 1,000',
      values: [sum(engine.after) / sum(engine.warm)],
      most: 1.1,
    },
    { what: 'first result, s after the start', values: [engine.firstResultMs / 1000], most: 1 },
    {
      what: 'p99 of others beside a hanging script ÷ alone',
      values: [neighbours.besideHang / neighbours.alone],
      most: 3,
    },
    {
      what: 'p99 of others beside a crash ÷ alone',
      values: [neighbours.besideCrash / neighbours.alone],
      most: 3,
    },
  ];
}

/**
 * This engine and its peers at the same work in the same run, each peer in a process of its own, one after the other.
 * @returns the table of all, in Markdown, and what the product promises of it
 */
export async function measureEngine(): Promise<{ table: string; bounds: Bound[] }> {
  const all = new Map<string, Figures>();
  for (const { file, label } of PEERS) {
    process.stderr.write(`measuring ${label} …\n`);
    all.set(file, await measure(file));
  }
  process.stderr.write('measuring what neighbours feel …\n');
  const neighbours = await measureNeighbours();
  const [engine, isolate] = [all.get('countersign'), all.get('isolate-per-run')];
  if (engine === undefined || isolate === undefined) throw new Error('no figures');
  return { table: table(all), bounds: bounds(engine, isolate, neighbours) };
}
