import { AppError } from '../errors.ts';

/** Has one answer serve all who ask for the same at the same time. */
export type Share<T> = (key: string, run: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Makes a `Share`. What was begun goes on when somebody leaves, even when everybody does: its answer is kept for those who come later.
 * @returns a function that rejects with UNAVAILABLE for who left before the answer came, and for nobody else
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
