import { AppError } from '../errors.ts';

/** Lets concurrent callers with the same key share one call. */
export type Share<T> = (key: string, run: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Creates a `Share`. A call that has started continues even when all its callers leave.
 * @returns a function that rejects with UNAVAILABLE for a caller that leaves before the answer, and only for that one
 */
export function createShare<T>(): Share<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key, run, signal) => {
    let running = underWay.get(key);
    if (running === undefined) {
      running = run().finally(() => underWay.delete(key));
      underWay.set(key, running);
    }
    return signal === undefined ? running : Promise.race([running, leaving(signal)]);
  };
}

function leaving(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const leave = (): void =>
      reject(
        new AppError('UNAVAILABLE', 'The provider has not answered yet: ask again in a moment.', {
          retryAfter: 3,
        }),
      );
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
