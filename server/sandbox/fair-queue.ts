/**
 * A bounded queue that is fair between keys (mappings): the key with the fewest running items goes next, and equals take turns. One
 * mapping's thousand runs do not delay another's first one. Pure: no clock, no promises.
 */
export class FairQueue<T> {
  private readonly capacity: number;
  /** Waiting items by key, in the order of turns: a key that was served moves to the end. */
  private readonly lanes = new Map<string, T[]>();
  private readonly underWay = new Map<string, number>();
  private waiting = 0;

  /** @param capacity how many items may wait in all */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.waiting;
  }

  /** Puts an item at the end of its key's lane; false when the queue is full. */
  push(key: string, item: T): boolean {
    if (this.waiting >= this.capacity) return false;
    this.lane(key).push(item);
    this.waiting += 1;
    return true;
  }

  /** Puts back an item that had its turn, ahead of its key's others, even when the queue is full. */
  pushFirst(key: string, item: T): void {
    this.lane(key).unshift(item);
    this.waiting += 1;
  }

  /**
   * Takes the next item and counts it as running until `release(key)`.
   * @param mostPerKey keys with this many running items are skipped
   */
  take(mostPerKey = Infinity): { key: string; item: T } | undefined {
    let chosen: string | undefined;
    let least = mostPerKey;
    for (const key of this.lanes.keys()) {
      const busy = this.underWay.get(key) ?? 0;
      if (busy < least) {
        chosen = key;
        least = busy;
        if (busy === 0) break;
      }
    }
    if (chosen === undefined) return undefined;
    const lane = this.lanes.get(chosen) ?? [];
    const [item] = lane.splice(0, 1);
    if (item === undefined) return undefined;
    this.lanes.delete(chosen);
    if (lane.length > 0) this.lanes.set(chosen, lane);
    this.waiting -= 1;
    this.underWay.set(chosen, (this.underWay.get(chosen) ?? 0) + 1);
    return { key: chosen, item };
  }

  /** An item of this key has ended. */
  release(key: string): void {
    const busy = (this.underWay.get(key) ?? 0) - 1;
    if (busy > 0) this.underWay.set(key, busy);
    else this.underWay.delete(key);
  }

  /** Removes a waiting item; false when it is no longer waiting. */
  remove(key: string, item: T): boolean {
    const lane = this.lanes.get(key);
    const at = lane?.indexOf(item) ?? -1;
    if (lane === undefined || at < 0) return false;
    lane.splice(at, 1);
    if (lane.length === 0) this.lanes.delete(key);
    this.waiting -= 1;
    return true;
  }

  private lane(key: string): T[] {
    const lane = this.lanes.get(key) ?? [];
    this.lanes.set(key, lane);
    return lane;
  }

  /** Removes and returns everything that waits. */
  drain(): T[] {
    const all = [...this.lanes.values()].flat();
    this.lanes.clear();
    this.waiting = 0;
    return all;
  }
}
