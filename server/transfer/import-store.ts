import type { Trx } from '../db/database.ts';
import { TransferError } from './format.ts';
import type { Batch } from './read.ts';
import { LEFT_BEHIND, TRANSFERRED } from './tables.ts';

/** Kept by an import that replaces: what was done to this hub stays on record. */
const KEPT = 'audit';

/** How many rows stand where an import would put its own. */
export async function countRows(trx: Trx): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TRANSFERRED) {
    if (table === KEPT) continue;
    const [row] = await trx(table).count<{ count: string }[]>({ count: '*' });
    counts[table] = Number(row?.count);
  }
  return counts;
}

/** Empties the hub, sign-ins and cached tokens included. */
export async function deleteAll(trx: Trx): Promise<void> {
  const tables = [...TRANSFERRED, ...LEFT_BEHIND].filter((name) => name !== KEPT && name !== 'installation');
  await trx.raw(`truncate ${tables.map(() => '??').join(', ')}`, tables);
}

/** Mappings and their versions refer to each other: looked at when all are in. */
export async function deferChecks(trx: Trx): Promise<void> {
  await trx.raw('set constraints all deferred');
}

interface Column {
  readonly column_name: string;
  readonly data_type: string;
  readonly is_nullable: 'YES' | 'NO';
}

/**
 * Inserts rows given as JSON texts. Columns that a later migration added get their defaults.
 * @throws TransferError for a column that the table does not have
 */
export async function insertRows(trx: Trx, { table, columns, rows }: Batch): Promise<void> {
  const known = await trx<Column & { table_name: string }>('information_schema.columns')
    .select('column_name', 'data_type', 'is_nullable')
    .where({ table_name: table })
    .whereRaw('table_schema = current_schema()');
  const values = columns.map((name) => {
    const column = known.find(({ column_name }) => column_name === name);
    if (column === undefined)
      throw new TransferError(
        `The export holds a column "${name}" of ${table}, which this Countersign does not know.`,
      );
    // In a row's JSON a stored JSON null looks like no value; where there must be one, it was that.
    return column.data_type === 'jsonb' && column.is_nullable === 'NO' ? `coalesce(??, 'null')` : '??';
  });
  await trx.raw(
    `insert into ?? (${columns.map(() => '??').join(', ')})
     select ${values.join(', ')} from jsonb_populate_recordset(null::??, ?::jsonb)
     ${table === KEPT ? 'on conflict do nothing' : ''}`,
    [table, ...columns, ...columns, table, `[${rows.join(',')}]`],
  );
}

/** Events whose job stayed behind: those of known approvals are found again as events that wait for theirs are. */
export async function freeWaitingEvents(trx: Trx): Promise<void> {
  await trx('events').where({ outcome: 'waiting' }).update({ approval_id: null });
}

/** @returns how many channels there are, now all paused */
export async function pauseChannels(trx: Trx): Promise<number> {
  await trx('channels').whereNull('paused_at').update({ paused_at: trx.fn.now() });
  const [row] = await trx('channels').count<{ count: string }[]>({ count: '*' });
  return Number(row?.count);
}

/** So that the next start makes no second demo. */
export async function setDemoChannel(trx: Trx, channelId: string | null): Promise<void> {
  await trx('installation').update({ demo_channel_id: channelId });
}
