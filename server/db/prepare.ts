import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

/** Each costs the server memory on every connection. The hub's own work has about eighty; filters that people put together have the rest. */
const MOST = 200;

/** SQLSTATEs (PostgreSQL manual, appendix A): no such prepared statement, and one of that name already. */
const NOT_OURS = new Set(['26000', '42P05']);
/**
 * A table has other columns than when the statement was prepared. PostgreSQL gives it no code of its own ("feature not supported"), and
 * says it in the server's language: what is the same everywhere is the place that says it.
 */
const CHANGED = { code: '0A000', routine: 'RevalidateCachedQuery' };

/**
 * A plan suits tables as large as they were when it was made: of twenty rows one reads all, and would go on doing so with twenty
 * thousand. The database notices when it analyses the table; a flood comes faster. So each connection makes its plans anew so often.
 */
const FRESH_MS = 15_000;

/** The first rows in an order: which index leads to them depends on the values, so that they are planned for each time. */
const FIRST_ROWS = /\border\s+by\b[^]*\blimit\s+\$\d/i;

/** Has connections of one database prepare what comes again. */
export type Prepare = (client: ClientBase) => void;

type Told = (error: Error | null, result?: unknown) => void;
type Query = (config: unknown, values?: unknown, callback?: unknown) => unknown;

/**
 * Has statements that come again read and planned once a connection instead of each time ("PREPARE" in PostgreSQL's manual), which is
 * more than half of what a small one costs, on PostgreSQL and on the embedded engine alike.
 *
 * A name is made of the statement's text, so that behind a pooler that mixes connections it never means another statement. Such a
 * pooler makes statements fail (isPreparedInVain); from then on none is prepared.
 */
export function createPrepare(): Prepare {
  const names = new Map<string, string | undefined>();
  let isOff = false;
  let generation = 0;

  /** The name of a statement that was seen before; undefined for a new one, and when there are names enough. */
  function nameOf(text: string): string | undefined {
    const name = names.get(text);
    if (name !== undefined) return `${name}.${generation}`;
    if (names.has(text)) names.set(text, createHash('sha256').update(text).digest('base64url'));
    else note(text);
    return undefined;
  }

  function note(text: string): void {
    // Texts that came once make room: they may never come again.
    if (names.size >= MOST) for (const [each, name] of names) if (name === undefined) names.delete(each);
    if (names.size < MOST) names.set(text, undefined);
  }

  /** @param asked the generation of the statement that failed: of those that a change makes fail together, one brings about the next */
  function notice(error: unknown, asked: number): void {
    if (!isPreparedInVain(error)) return;
    if (!isChanged(error)) isOff = true;
    else if (asked === generation) generation += 1;
  }

  return (client) => {
    const query = client.query.bind(client) as Query;
    let plannedAt = performance.now();
    (client as { query: Query }).query = (first, second, third) => {
      const given = typeof first === 'string' ? { text: first, values: second } : first;
      const told = third ?? second;
      const name = isOff || typeof told !== 'function' || !isPlain(given) ? undefined : nameOf(given.text);
      if (name === undefined) return query(first, second, third);
      const asked = generation;
      const tell: Told = (error, result) => {
        notice(error, asked);
        (told as Told)(error, result);
      };
      const send = (): unknown => query({ ...(given as object), name }, tell);
      if (performance.now() - plannedAt < FRESH_MS) return send();
      plannedAt = performance.now();
      // Where this fails, the connection or its transaction is broken, and the statement itself says so.
      return query('discard plans', undefined, send);
    };
  };
}

/** What reads or writes rows and is surely one statement: without parameters, pg sends a text that may hold several. */
const SINGLE = /^\s*(?:select|with|insert|update|delete)\b[^;]*$/i;

/** A statement without a name that is worth one, as knex and pg's pool hand it to a connection. */
function isPlain(given: unknown): given is { text: string; values?: unknown[] } {
  const { text, values, name } = given as { text?: unknown; values?: unknown; name?: unknown };
  if (typeof text !== 'string' || name !== undefined || FIRST_ROWS.test(text)) return false;
  return Array.isArray(values) && values.length > 0 ? true : SINGLE.test(text);
}

/** Whether a statement failed only for having been prepared: the same one goes well when it comes again. */
export function isPreparedInVain(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && NOT_OURS.has(code)) || isChanged(error);
}

function isChanged(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown };
  return code === CHANGED.code && routine === CHANGED.routine;
}
