import type { Db } from '../db/database.ts';
import { budgetsOf } from '../channels/budget-store.ts';
import type { Budget } from '../channels/budget.ts';

/** What stands in the database, counted for the metrics page. */
export interface Figures {
  readonly tasks: readonly { readonly status: string; readonly count: number }[];
  /** Only those that somebody may have to do something about: `waiting`, `failed`. */
  readonly events: readonly { readonly outcome: string; readonly count: number }[];
  /** Approvals of which nobody knows whether the provider has them. */
  readonly uncertain: number;
  readonly channels: readonly ChannelFigures[];
}

export interface ChannelFigures extends Pick<Budget, 'limit' | 'used' | 'pollLimit' | 'polled'> {
  readonly id: string;
  readonly name: string;
  readonly paused: boolean;
  readonly lastCallbackAt: Date | null;
}

/** Counts by the indexes; some ten milliseconds with a hundred thousand tasks. */
export async function readFigures(db: Db): Promise<Figures> {
  const tasks = await db('tasks').select('status').count({ count: '*' }).groupBy('status');
  const events = await db('events')
    .select('outcome')
    .count({ count: '*' })
    .whereIn('outcome', ['waiting', 'failed'])
    .groupBy('outcome');
  const [uncertain] = await db('approvals')
    .where('opening', 'sending')
    .whereNotNull('task_id')
    .count({ count: '*' });
  const channels = await db('channels').select(
    'id',
    'name',
    'monthly_calls',
    'paused_at',
    'last_callback_at',
  );
  const budgets = await budgetsOf(
    db,
    channels.map(({ id, monthly_calls }) => ({ id, monthlyCalls: monthly_calls })),
  );
  return {
    tasks: tasks.map(({ status, count }) => ({ status, count: Number(count) })),
    events: events.map(({ outcome, count }) => ({ outcome, count: Number(count) })),
    uncertain: Number(uncertain?.count ?? 0),
    channels: channels.map(({ id, name, paused_at, last_callback_at }) => {
      const { limit = 0, used = 0, pollLimit = 0, polled = 0 } = budgets.get(id) ?? {};
      return {
        ...{ id, name, limit, used, pollLimit, polled },
        paused: paused_at !== null,
        lastCallbackAt: last_callback_at,
      };
    }),
  };
}
