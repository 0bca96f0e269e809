import { codeOf } from '../errors.ts';
import { isPreparedInVain } from './prepare.ts';

/** Errors of Node and `pg`: nothing listens, or the connection broke. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * SQLSTATE classes and codes (PostgreSQL manual, appendix A): connection exceptions, insufficient resources (connections,
 * disk, memory), the server shutting down, starting or cancelling, and a read-only standby after a failover.
 */
const SQLSTATE = /^(?:08...|53...|57P0.|57014|25006|25P03)$/;

/** Messages of errors to which `pg` and knex give no code; knex puts the query before the message. */
const WORDS =
  /(?:^| - )(?:Connection terminated|Connection Error: Connection ended|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|(?:Knex: )?Timeout acquiring a connection|Unable to acquire a connection)/;

/**
 * Whether an error means that the database is unavailable at the moment, rather than that the query was wrong: the caller gets
 * 503 and may try again.
 * Looks only at the error, not at its cause, which may belong to another connection such as a provider's.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code !== undefined && (NETWORK.has(code) || SQLSTATE.test(code))) return true;
  return isPreparedInVain(error) || WORDS.test(error.message);
}
