import { FairQueue } from './fair-queue.ts';

/**
 * Who may run now. isolated-vm gives each isolate a thread, however many there are, and measures a limit of CPU time by the wall:
 * with more threads than cores, one mapping's endless loops would use up the time of everybody's honest scripts. So only as
 * many entries run at once as have a core, and mappings take turns.
 */
export class Turns {
  private free: number;
  private readonly waiting = new FairQueue<() => void>(Infinity);

  /** @param places entries that may run at once */
  constructor(places: number) {
    this.free = places;
  }

  /** Resolves when it is this mapping's turn; call what it gives when the turn is over. */
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
