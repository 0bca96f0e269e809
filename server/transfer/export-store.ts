import type { Trx } from '../db/database.ts';
import type { TransferredTable } from './tables.ts';

/** Few enough that rows of a megabyte (executions with their traces) do not fill the memory. */
const FETCH = 50;

/** The names of the migrations that made this database's tables. */
export async function migrationsOf(trx: Trx): Promise<string[]> {
  const rows = await trx<{ id: number; name: string }>('knex_migrations').select('name').orderBy('id');
  return rows.map(({ name }) => name);
}

/** Which channel is the demo's; null when none was made. */
export async function demoChannelOf(trx: Trx): Promise<string | null> {
  return (await trx('installation').first('demo_channel_id'))?.demo_channel_id ?? null;
}

/** A table's columns in their order. */
export async function columnsOf(trx: Trx, table: TransferredTable): Promise<string[]> {
  const rows = await trx<{ table_schema: string; table_name: string; column_name: string }>(
    'information_schema.columns',
  )
    .select('column_name')
    .where({ table_name: table })
    // What the database makes of other columns it makes again.
    .whereRaw("table_schema = current_schema() and is_generated = 'NEVER'")
    .orderBy('ordinal_position');
  return rows.map(({ column_name }) => column_name);
}

/** All rows of a table as JSON texts, some at a time. */
export async function* readRows(trx: Trx, table: TransferredTable): AsyncGenerator<string[]> {
  await trx.raw('declare exported no scroll cursor for select row_to_json(t)::text as row from ?? t', [
    table,
  ]);
  for (;;) {
    const { rows } = await trx.raw<{ rows: { row: string }[] }>(`fetch ${FETCH} from exported`);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await trx.raw('close exported');
}
