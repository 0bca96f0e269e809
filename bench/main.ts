import { cpus } from 'node:os';
import { judge } from './bounds.ts';
import { measureEditor } from './editor/editor.ts';
import { measureEngine } from './engine.ts';
import { DATABASE_NAMES, measureHub } from './hub/hub.ts';

/**
 * `npm run bench`: the figures of engine, hub and editor. `npm run bench -- engine`, `-- hub`, `-- editor` one of them;
 * `npm run bench -- hub postgres submit` of the hub only what is named. Exits with 1 when a bound is not reached.
 */
const [what, ...only] = process.argv.slice(2);
const print = (text: string): void => void process.stdout.write(`${text}\n\n`);

const [cpu] = cpus();
print(`Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}`);
if (what === undefined || what === 'engine') {
  const { table, bounds } = await measureEngine();
  print(`The engine; times in ms\n\n${table}`);
  conclude(judge(['reached'], bounds));
}
if (what === undefined || what === 'hub') conclude(judge(DATABASE_NAMES, await measureHub(only)));
if (what === undefined || what === 'editor') conclude(judge(['reached'], await measureEditor()));

function conclude({ table, isReached }: { table: string; isReached: boolean }): void {
  print(table);
  if (!isReached) process.exitCode = 1;
}
