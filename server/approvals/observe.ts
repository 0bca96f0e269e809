import type { TaskStatus } from '../contract/task.ts';
import type { Trx } from '../db/database.ts';
import type { Observer } from '../metrics.ts';

/** Reports a task's new status once the transaction that moves it has committed; nothing when it is rolled back. */
export function observeStatus(trx: Trx, observe: Observer, status: TaskStatus): void {
  afterCommit(trx, () => observe.taskBecame(status));
}

/** Reports what a person should look at, once the transaction that says so in the timeline has committed. */
export function observeAlarm(trx: Trx, observe: Observer, what: string): void {
  afterCommit(trx, () => observe.alarmed(what));
}

function afterCommit(trx: Trx, tell: () => void): void {
  // A rolled back transaction is told to whoever began it.
  trx.executionPromise.then(tell, () => undefined);
}
