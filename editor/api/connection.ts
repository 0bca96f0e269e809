import { useSyncExternalStore } from 'react';

/** How things stand between this page and the hub, as the latest call found them. */
export type Connection = 'fine' | 'offline' | 'signed-out';

let now: Connection = 'fine';
const listeners = new Set<() => void>();

/** Tells what a call has found. */
export function setConnection(next: Connection): void {
  if (next === now) return;
  now = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The connection, for a banner that says what to do. */
export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => now);
