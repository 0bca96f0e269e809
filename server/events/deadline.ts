/** The other side waits no longer, so we do not either. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/**
 * Waits for `work` until `ms` have passed. The work itself goes on: what it stores late, a repeated push meets again.
 * @param onLate told when the work fails after that, for nobody else hears of it
 * @throws TooLate
 * @throws what `work` throws in time
 */
export async function within<T>(work: Promise<T>, ms: number, onLate: (error: unknown) => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      work.catch(onLate);
      reject(new TooLate(`Not done within ${ms} ms.`));
    }, ms);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
