import { setImmediate as nextTurn } from 'node:timers/promises';

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets writes that arrive at the same time share one transaction: while one is running, later items are collected and written
 * together. A single item is written at once. When a batch fails, each of its items is written alone, so that one bad item
 * does not fail the others.
 * @param write writes all items in one transaction and returns one result for each, in order; all or nothing
 * @param options.concernsAll recognises errors that writing alone would only repeat (database unavailable): all items get them at once
 * @param options.most how many items a batch may have
 * @returns a function that writes one item; it rejects with what `write` threw for that item alone
 */
export function createBatch<I, O>(
  write: (items: readonly I[]) => Promise<readonly O[]>,
  { most = 64, concernsAll = () => false }: { most?: number; concernsAll?: (error: unknown) => boolean } = {},
): (item: I) => Promise<O> {
  const waiting: Waiting<I, O>[] = [];
  let isWriting = false;

  async function writeOne({ item, resolve, reject }: Waiting<I, O>): Promise<void> {
    try {
      const [result] = await write([item]);
      resolve(result as O);
    } catch (error) {
      reject(error);
    }
  }

  async function writeAll(batch: readonly Waiting<I, O>[]): Promise<void> {
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) return writeOne(first);
    let results: readonly O[];
    try {
      results = await write(batch.map(({ item }) => item));
    } catch (error) {
      if (concernsAll(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      // Written alone, the item at fault fails and the others succeed.
      for (const each of batch) await writeOne(each);
      return;
    }
    for (const [index, { resolve }] of batch.entries()) resolve(results[index] as O);
  }

  async function drain(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      // The embedded database blocks the event loop for a whole transaction: first let what has arrived be read.
      await nextTurn();
      await writeAll(waiting.splice(0, most));
    }
    isWriting = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isWriting) void drain();
    });
}
