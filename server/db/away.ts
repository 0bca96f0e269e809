import { isPreparedInVain } from './prepare.ts';

/** Of Node and of `pg`: nobody there, or the connection broke. */
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
 * disk, memory), and the server's ending, starting or cancelling; a standby after a failover is read-only.
 */
const SQLSTATE = /^(?:08...|53...|57P0.|57014|25006|25P03)$/;

/** What `pg` and knex give no code; knex puts the query before it. */
const WORDS =
  /(?:^| - )(?:Connection terminated|Connection Error: Connection ended|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|(?:Knex: )?Timeout acquiring a connection|Unable to acquire a connection)/;

/**
 * Whether an error says that the database cannot be used at the moment, rather than that something was wrong with the
 * query: the caller gets 503 and may come again.
 * Looks at the error alone: a cause may be another connection's, such as a provider's.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (NETWORK.has(code) || SQLSTATE.test(code))) return true;
  return isPreparedInVain(error) || WORDS.test(error.message);
}
