import { setImmediate as nextTurn } from 'node:timers/promises';

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets writes that come at the same time share one transaction: while one write is under way, later items gather and go
 * together. A lone item is written at once. When a batch fails, each of its items is written alone, so that one bad item
 * fails nobody else's.
 * @param options.concernsAll tells errors that writing alone would only repeat (the database is away): all get it at once
 * @param write writes all items in one transaction and answers one result for each, in their order; all or nothing
 * @returns writes one item; rejects with what `write` threw for it alone
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
      // Whose fault it was shows when each is written alone, and is told to that one.
      for (const each of batch) await writeOne(each);
      return;
    }
    for (const [index, { resolve }] of batch.entries()) resolve(results[index] as O);
  }

  async function drain(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      // The embedded database does a whole transaction without a look at the network: what has arrived is read first.
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
