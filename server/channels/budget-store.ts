import type { Db, Statement, Trx } from '../db/database.ts';
import { budgetFor } from './budget.ts';
import type { Budget } from './budget.ts';
import type { Channel } from './channel.ts';

/**
 * The statement that counts calls of a channel on today's row, to go along with another one (`with`). Days are those of UTC, by the
 * database's clock.
 * @param counts.polls how many of `calls` were looks that nobody asked for
 */
export const countCalls = (
  db: Db | Trx,
  channelId: string,
  { calls, polls }: { calls: number; polls: number },
): Statement =>
  db.raw(
    `insert into channel_calls (channel_id, day, calls, polls)
     values (?, (now() at time zone 'utc')::date, ?, ?)
     on conflict (channel_id, day)
     do update set calls = channel_calls.calls + excluded.calls, polls = channel_calls.polls + excluded.polls`,
    [channelId, calls, polls],
  );

/** Counts calls of a channel by themselves, see countCalls. */
export async function addCalls(
  db: Db | Trx,
  channelId: string,
  counts: { calls: number; polls: number },
): Promise<void> {
  if (counts.calls > 0) await countCalls(db, channelId, counts);
}

/** The channel's budget of the month that the database's clock shows. */
export async function budgetOf(db: Db | Trx, channel: Pick<Channel, 'id' | 'monthlyCalls'>): Promise<Budget> {
  const budgets = await budgetsOf(db, [channel]);
  return budgets.get(channel.id) as Budget;
}

interface CountedRow {
  month: string;
  day: number;
  days: number;
  counted: Record<string, { calls: number; polls: number }> | null;
}

/** The budgets of several channels by id, in one query. */
export async function budgetsOf(
  db: Db | Trx,
  channels: readonly Pick<Channel, 'id' | 'monthlyCalls'>[],
): Promise<Map<string, Budget>> {
  const { rows } = await db.raw<{ rows: CountedRow[] }>(
    `with today as (select (now() at time zone 'utc')::date as day),
       month as (select day, date_trunc('month', day)::date as first from today),
       sums as (
         select channel_id, sum(calls)::int as calls, sum(polls)::int as polls
         from channel_calls, month
         where channel_id = any (?) and channel_calls.day >= month.first
         group by channel_id
       )
     select to_char(day, 'YYYY-MM') as month,
       extract(day from day)::int as day,
       extract(day from first + interval '1 month' - interval '1 day')::int as days,
       (select jsonb_object_agg(channel_id, jsonb_build_object('calls', calls, 'polls', polls)) from sums) as counted
     from month`,
    [channels.map(({ id }) => id)],
  );
  const [{ month, day, days, counted }] = rows as [CountedRow];
  return new Map(
    channels.map(({ id, monthlyCalls }) => [
      id,
      budgetFor(monthlyCalls, { month, day, days, ...(counted?.[id] ?? { calls: 0, polls: 0 }) }),
    ]),
  );
}
