import type { Db, Trx } from '../db/database.ts';
import type { CatalogueRow } from '../db/tables.ts';

/** What an admin put in the place of a catalogue's defaults; undefined when nobody did. */
export async function findCatalogue(db: Db | Trx, name: CatalogueRow['name']): Promise<unknown> {
  const row = await db('catalogue').select('value').where({ name }).first();
  return row?.value;
}

/** Puts a catalogue in the place of what it was. */
export async function keepCatalogue(
  trx: Trx,
  { name, value, by }: { name: CatalogueRow['name']; value: unknown; by: string },
): Promise<void> {
  const row = { value: JSON.stringify(value), updated_by: by };
  await trx('catalogue')
    .insert({ name, ...row })
    .onConflict('name')
    .merge({ ...row, updated_at: trx.fn.now() });
}
