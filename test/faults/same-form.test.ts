import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Db } from '../../server/db/database.ts';
import type { StageCaller } from '../../server/mappings/call.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub } from '../approvals/support.ts';

const job = { signal: new AbortController().signal, attempt: 1, last: false };

/** Has `before` awaited ahead of each statement of the transactions that are begun with it; statements count from 0. */
function stepping(knex: Db, before: (statement: number) => Promise<void>): Db {
  interface Client {
    query: (connection: unknown, statement: unknown) => Promise<unknown>;
  }
  const transaction: Db['transaction'] = (run: unknown) =>
    knex.transaction((trx) => {
      const { client } = trx as unknown as { client: Client };
      const query = client.query.bind(client);
      let statements = 0;
      client.query = async (connection, statement) => {
        // Its beginning and its end are plain texts.
        if (typeof statement !== 'string') await before(statements++);
        return query(connection, statement);
      };
      return (run as (trx: unknown) => Promise<never>)(trx);
    });
  return new Proxy(knex, {
    get: (target, name): unknown => (name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
}

// One connection takes all transactions of the embedded database in turns.
describe.each(DATABASES.filter((kind) => kind === 'postgres'))('two tasks of one form, on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useHub(database);
  const open = async (taskId: string): Promise<void> =>
    hub().approvals.open({ approvalId: (await hub().approval(taskId)).id }, job);
  const settled = (): Promise<void> => pause(hub().deps.waits.settle);

  /** Searches for what a task has at the provider; `meanwhile` happens ahead of the given statement. @returns whether there is one */
  async function search(taskId: string, statement: number, meanwhile: () => Promise<void>): Promise<boolean> {
    let isReached = false;
    const knex = stepping(hub().deps.knex, async (at) => {
      if (at !== statement) return;
      isReached = true;
      await meanwhile();
    });
    const { id } = await hub().approval(taskId);
    await hub().approvalsWith({ knex }).open({ approvalId: id }, job);
    return isReached;
  }

  async function expectOneEach(tasks: readonly string[], before: number): Promise<void> {
    const shown = await Promise.all(tasks.map((taskId) => hub().show(taskId)));
    expect(shown.map(({ status, reason }) => reason ?? status)).toEqual(['pending', 'pending']);
    expect(new Set(shown.map(({ approval }) => approval?.approvalInstanceId)).size).toBe(2);
    expect(await hub().standing()).toHaveLength(before + 2);
  }

  it('have one approval each, whenever in the search for one the other finds its own', async () => {
    await hub().publish({ create: "fromField.add({ name: 'Task Name', value: 'the same' });" });
    for (let statement = 0, isReached = true; isReached; statement += 1) {
      const { length: before } = await hub().standing();
      await hub().faults({ dropCreateResponses: 2 });
      const [older, younger] = [await hub().task(), await hub().task()];
      await open(older);
      await open(younger);
      await settled();
      isReached = await search(younger, statement, () => open(older));
      await hub().work();
      await expectOneEach([older, younger], before);
    }
  });

  it('have one approval each, whenever in the search for one the answer to the other comes late', async () => {
    await hub().publish({ create: "fromField.add({ name: 'Task Name', value: 'the same' });" });
    const { caller } = hub().deps;
    /** Its create call fails at the provider, which opens nothing. */
    const failing: StageCaller = {
      ...caller,
      async call(given) {
        const end = await caller.call({
          ...given,
          beforeCall: async (call) => {
            await given.beforeCall?.(call);
            if (call.creates) await hub().faults({ http500Rate: 1 });
          },
        });
        await hub().faults({});
        return end;
      },
    };
    for (let statement = 0, isReached = true; isReached; statement += 1) {
      const { length: before } = await hub().standing();
      const [older, younger] = [await hub().task(), await hub().task()];
      const { id } = await hub().approval(older);
      await hub().approvalsWith({ caller: failing }).open({ approvalId: id }, job);
      // The process of the other one stands still between the answer and what follows from it.
      const answered = Promise.withResolvers<undefined>();
      const goesOn = Promise.withResolvers<undefined>();
      const slow: StageCaller = {
        ...caller,
        async call(given) {
          const end = await caller.call(given);
          answered.resolve(undefined);
          await goesOn.promise;
          return end;
        },
      };
      const { id: youngerId } = await hub().approval(younger);
      const opening = hub().approvalsWith({ caller: slow }).open({ approvalId: youngerId }, job);
      await answered.promise;
      await settled();
      isReached = await search(older, statement, async () => {
        goesOn.resolve(undefined);
        // It cannot end while the search holds what both want.
        await Promise.race([opening, pause(100)]);
      });
      goesOn.resolve(undefined);
      await opening;
      await hub().work();
      await expectOneEach([older, younger], before);
    }
  });
});
