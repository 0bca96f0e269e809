import { useCallback, useState } from 'react';

const PREFIX = 'countersign.';

/** What the browser keeps under a key; `undefined` when there is nothing, or nothing readable. */
export function readSaved(key: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    // Storage is switched off, or holds what another program left there: as good as nothing.
    return undefined;
  }
}

/** Keeps a value, where the browser lets us; `undefined` takes it away. */
export function writeSaved(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Storage is switched off or full: the value holds for this visit.
  }
}

const isLike = (value: unknown, initial: unknown): boolean =>
  value !== undefined &&
  (initial === null ||
    initial === undefined ||
    (typeof value === typeof initial && Array.isArray(value) === Array.isArray(initial) && value !== null));

/**
 * State that survives a reload, in the browser's own storage.
 * @param key the name it is kept under; one key, one place in the program
 * @param initial what it is before anything was kept, or when something of another kind stands there
 */
export function useSaved<T>(key: string, initial: T): [T, (next: T | ((before: T) => T)) => void] {
  const read = (): T => {
    const saved = readSaved(key);
    return isLike(saved, initial) ? (saved as T) : initial;
  };
  const [state, setState] = useState(() => ({ key, value: read() }));
  // Another key is another value.
  const current = state.key === key ? state : { key, value: read() };
  if (current !== state) setState(current);
  const set = useCallback(
    (next: T | ((before: T) => T)) =>
      setState((before) => {
        const value = typeof next === 'function' ? (next as (before: T) => T)(before.value) : next;
        writeSaved(key, value);
        return { key, value };
      }),
    [key],
  );
  return [current.value, set];
}
