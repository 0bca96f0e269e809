import type { Db, Trx } from './database.ts';

/** As pg answers with rowMode `array`. */
interface ArrayResult {
  readonly rows: readonly (readonly unknown[])[];
  readonly fields: readonly { readonly name: string; readonly tableID: number }[];
}

type Part = Record<string, unknown>;

/**
 * Reads one row of a join, each table's columns by themselves although names repeat: `select a.*, b.*, now() as at` answers
 * `[a's, b's, {at}]`. Columns of a table stand together, and no table comes twice. A table of a left join that has no row is undefined.
 * @returns undefined when there is no row
 */
export async function joinedRow(
  db: Db | Trx,
  sql: string,
  bindings: readonly string[],
): Promise<(Part | undefined)[] | undefined> {
  const asked = db.raw<ArrayResult>(sql, [...bindings]).options({ rowMode: 'array' });
  const { rows, fields } = await asked;
  const [row] = rows;
  if (row === undefined) return undefined;
  const parts: Part[] = [];
  fields.forEach(({ name, tableID }, at) => {
    if (at === 0 || tableID !== fields[at - 1]?.tableID) parts.push({});
    Object.assign(parts.at(-1) ?? {}, { [name]: row[at] });
  });
  return parts.map((part) => (Object.values(part).every((value) => value === null) ? undefined : part));
}
