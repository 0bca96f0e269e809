import type { Databases } from './databases.ts';
import { inTurns } from './in-turns.ts';
import type { Medians } from './in-turns.ts';
import { targetAt } from './load.ts';
import { startProcess } from './processes.ts';
import type { Reading } from './reading.ts';
import { ADMIN_TOKEN } from './scene.ts';
import type { Grown, GrownHubs } from './sizes-process.ts';

const FEW = 1_000;
const MANY = 100_000;
const PAGES = 60;

/** The pages that people look at. */
const LISTS: Readonly<Record<string, (hub: Grown) => string>> = {
  'first page': () => '',
  'by status': () => '?status=pending',
  'by type': () => '?taskType=Type%203',
  'by a word that many have': () => '?q=orders',
  'by a word that none has': () => '?q=nowhere',
  'from the middle on': ({ middle }) => `?cursor=${middle}`,
};

/** Pages of `GET /tasks` over HTTP and claims in the database: how much longer they take with a hundred times the tasks. */
export async function measureSizes(databases: Databases): Promise<Reading[]> {
  const order = {
    few: { count: FEW, settings: await databases.make('few') },
    many: { count: MANY, settings: await databases.make('many') },
  };
  const hubs = await startProcess<GrownHubs>('sizes-process.ts', { SIZES: JSON.stringify(order) });
  const { few, many, claims } = hubs.told;
  const [fewAt, manyAt] = [targetAt(few.url, 1), targetAt(many.url, 1)];
  try {
    const readings = Object.entries(claims).flatMap(([what, medians]) =>
      readingsOf(`claim ${what}`, medians),
    );
    for (const [what, queryOf] of Object.entries(LISTS)) {
      const call = (hub: Grown) =>
        ({ method: 'GET', path: `/api/v1/tasks${queryOf(hub)}`, token: ADMIN_TOKEN }) as const;
      const medians = await inTurns(
        PAGES,
        () => fewAt.ask(call(few), 200),
        () => manyAt.ask(call(many), 200),
      );
      readings.push(...readingsOf(`list ${what}`, medians));
    }
    return readings;
  } finally {
    await Promise.all([fewAt.close(), manyAt.close(), hubs.end()]);
  }
}

const readingsOf = (what: string, { few, many }: Medians): Reading[] => [
  { what: `${what}: ms with 100,000 tasks`, value: many },
  { what: `${what}: 100,000 ÷ 1,000`, value: many / few, most: 1.5 },
];
