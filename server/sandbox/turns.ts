import { FairQueue } from './fair-queue.ts';

/**
 * Decides which run may use a core. isolated-vm gives every isolate a thread and measures CPU limits in wall time: with more threads than
 * cores, one mapping's endless loops would use up the time of all other scripts. So only as many entries run at once as there are cores,
 * and mappings take turns.
 */
export class Turns {
  private free: number;
  private readonly waiting = new FairQueue<() => void>(Infinity);

  /** @param places how many entries may run at once */
  constructor(places: number) {
    this.free = places;
  }

  /** Resolves when it is this mapping's turn, to a function that ends the turn. */
  async take(key: string): Promise<() => void> {
    const turn = new Promise<void>((resolve) => this.waiting.push(key, resolve));
    this.next();
    await turn;
    return () => {
      this.free += 1;
      this.waiting.release(key);
      this.next();
    };
  }

  private next(): void {
    while (this.free > 0) {
      const first = this.waiting.take();
      if (first === undefined) return;
      this.free -= 1;
      first.item();
    }
  }
}
