/**
 * What to tell a person of an error that ended a call: method, path and the error with its stack when the fault is the simulator's own
 * (its answer was a 500), null when the caller sent something unusable or hung up.
 * `path` comes without a query, which carries the old family's access token.
 */
export function ownFault(error: unknown, method: string, path: string): string | null {
  const { code, status = 500 } = (error ?? {}) as { readonly code?: unknown; readonly status?: number };
  if (status < 500 || code === 'EPIPE' || code === 'ECONNRESET') return null;
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${method} ${path} was answered 500, a fault of the simulator itself: ${words}`;
}
