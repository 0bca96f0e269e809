import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

/** Each costs the server some ten KiB a connection. The hub's own work has about eighty; filters that people put together have the rest. */
const MOST = 200;

/** SQLSTATEs (PostgreSQL manual, appendix A): no such prepared statement, and one of that name already. */
const NOT_OURS = new Set(['26000', '42P05']);
/** A table has other columns than when the statement was prepared; PostgreSQL gives it no code of its own. */
const CHANGED = /cached plan must not change result type/;

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

  function notice(error: unknown): void {
    if (!isPreparedInVain(error)) return;
    if (CHANGED.test((error as Error).message)) generation += 1;
    else isOff = true;
  }

  return (client) => {
    const query = client.query.bind(client) as Query;
    (client as { query: Query }).query = (first, second, third) => {
      const given = typeof first === 'string' ? { text: first, values: second } : first;
      const told = third ?? second;
      const name = isOff || typeof told !== 'function' || !isPlain(given) ? undefined : nameOf(given.text);
      if (name === undefined) return query(first, second, third);
      const tell: Told = (error, result) => {
        notice(error);
        (told as Told)(error, result);
      };
      return query({ ...(given as object), name }, tell);
    };
  };
}

/** What reads or writes rows and is surely one statement: without parameters, pg sends a text that may hold several. */
const SINGLE = /^\s*(?:select|with|insert|update|delete)\b[^;]*$/i;

/** A statement without a name, as knex and pg's pool hand it to a connection. */
function isPlain(given: unknown): given is { text: string; values?: unknown[] } {
  const { text, values, name } = given as { text?: unknown; values?: unknown; name?: unknown };
  if (typeof text !== 'string' || name !== undefined) return false;
  return Array.isArray(values) && values.length > 0 ? true : SINGLE.test(text);
}

/** Whether a statement failed only for having been prepared: the same one goes well when it comes again. */
export function isPreparedInVain(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && NOT_OURS.has(code)) || CHANGED.test(error.message);
}
