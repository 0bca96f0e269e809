import type { Bound } from '../bounds.ts';
import { measureCallbacks } from './callbacks.ts';
import { DATABASE_NAMES, openDatabases } from './databases.ts';
import type { DatabaseName, Databases } from './databases.ts';
import { measurePending } from './pending.ts';
import { startProcess } from './processes.ts';
import { depthOf, quiet } from './quiet.ts';
import type { Reading } from './reading.ts';
import { setScene, SETTINGS } from './scene.ts';
import { measureSizes } from './sizes.ts';
import { CONCURRENCY, measureSubmit } from './submit.ts';

export { DATABASE_NAMES };

const FIGURES = ['pending', 'callbacks', 'submit', 'sizes'] as const;
type Figure = (typeof FIGURES)[number];

/**
 * Measures the hub on the embedded database and on PostgreSQL. This process makes the load; hub, simulator, peers and PostgreSQL run in
 * processes of their own, all on one machine.
 * @param only names of databases and figures; what is not narrowed is measured in full
 * @returns all figures, with a value for each of DATABASE_NAMES
 * @throws Error when something fails, rather than being slow
 */
export async function measureHub(only: readonly string[]): Promise<Bound[]> {
  const unknown = only.find((word) => !isOneOf(DATABASE_NAMES, word) && !isOneOf(FIGURES, word));
  if (unknown !== undefined)
    throw new Error(`"${unknown}" is none of ${[...DATABASE_NAMES, ...FIGURES].join(', ')}`);
  const chosen = <T extends string>(all: readonly T[]): readonly T[] =>
    all.some((each) => only.includes(each)) ? all.filter((each) => only.includes(each)) : all;
  const readings = new Map<DatabaseName, Reading[]>();
  for (const name of chosen(DATABASE_NAMES)) readings.set(name, await measureOn(name, chosen(FIGURES)));
  return sideBySide(readings);
}

const isOneOf = (all: readonly string[], word: string): boolean => all.includes(word);

async function measureOn(name: DatabaseName, figures: readonly Figure[]): Promise<Reading[]> {
  await using ending = new AsyncDisposableStack();
  const databases = ending.adopt(await openDatabases(name), (each) => each.close());
  const say = (what: string): boolean => process.stderr.write(`measuring the hub on ${name}: ${what} …\n`);
  const readings = figures.some((figure) => figure !== 'sizes')
    ? await measureRunning(databases, figures, say)
    : [];
  if (!figures.includes('sizes')) return readings;
  say('sizes');
  return [...readings, ...(await measureSizes(databases))];
}

/** What is measured of one hub that runs, from the calm to the busy: what the last one leaves behind disturbs nobody. */
async function measureRunning(
  databases: Databases,
  figures: readonly Figure[],
  say: (what: string) => void,
): Promise<Reading[]> {
  await using ending = new AsyncDisposableStack();
  const start = async (file: string, env: Record<string, string> = {}): Promise<string> =>
    ending.adopt(await startProcess<string>(file, env), (each) => each.end()).told;
  const simulatorUrl = await start('simulator-process.ts');
  const settings = await databases.make('hub');
  const hubUrl = await start('hub-process.ts', { ...SETTINGS, ...settings });
  const scene = ending.adopt(await setScene(hubUrl, simulatorUrl, CONCURRENCY), (each) => each.close());
  const readings: Reading[] = [];
  if (figures.includes('pending')) {
    say('pending');
    const url = settings['DATABASE_URL'];
    const depth = url === undefined ? undefined : ending.adopt(depthOf(url), (each) => each.close());
    readings.push(...(await measurePending(scene, depth)));
    await quiet(scene.hub);
  }
  if (figures.includes('callbacks')) {
    say('callbacks');
    readings.push(...(await measureCallbacks(scene)));
    await quiet(scene.hub);
  }
  if (figures.includes('submit')) {
    say('submit');
    const peersUrl = await start('peer-process.ts', { ...SETTINGS, ...(await databases.make('peers')) });
    readings.push(...(await measureSubmit(scene, peersUrl)));
  }
  return readings;
}

/** One row a figure, in the order in which they were first measured. */
function sideBySide(readings: ReadonlyMap<DatabaseName, readonly Reading[]>): Bound[] {
  const all = new Map([...readings.values()].flat().map((reading) => [reading.what, reading]));
  const valueOn = (name: DatabaseName, what: string): number | undefined =>
    readings.get(name)?.find((each) => each.what === what)?.value;
  return [...all.values()].map((reading) => ({
    ...reading,
    values: DATABASE_NAMES.map((name) => valueOn(name, reading.what)),
  }));
}
