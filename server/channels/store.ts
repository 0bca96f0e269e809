import type { Db, Trx } from '../db/database.ts';
import type { ChannelRow } from '../db/tables.ts';
import { json } from '../db/json.ts';
import { notFound } from '../errors.ts';
import { cursorId } from '../http/paging.ts';
import type { Page } from '../http/paging.ts';
import { isId } from '../ids.ts';
import type { Providers } from '../providers/load.ts';
import type { Sealer } from '../secrets/seal.ts';
import { channelOf } from './channel.ts';
import type { Channel } from './channel.ts';
import { openSecrets } from './secrets.ts';

export type { Channel } from './channel.ts';

/** Channels as they are kept. Functions that read answer a channel with its secrets opened: never show one, show.ts does. */
export interface ChannelStore {
  /** A row that was read otherwise. */
  of(row: ChannelRow): Channel;
  find(db: Db | Trx, id: string): Promise<Channel | undefined>;
  /** @throws AppError NOT_FOUND */
  get(db: Db | Trx, id: string): Promise<Channel>;
  /** The same, its row locked until the transaction ends. @throws AppError NOT_FOUND */
  lock(trx: Trx, id: string): Promise<Channel>;
  /** A page's rows and one more, newest first. @throws AppError INVALID_INPUT for a cursor that no list gave out */
  list(db: Db | Trx, page: Page): Promise<Channel[]>;
}

export interface ChannelStoreDeps {
  readonly sealer: Sealer;
  readonly providers: Providers;
}

export function createChannelStore({ sealer, providers }: ChannelStoreDeps): ChannelStore {
  const of = (row: ChannelRow): Channel => {
    const known = providers.get(row.type);
    if (known === undefined) throw new Error(`Channel ${row.id} is of the unknown type "${row.type}".`);
    return channelOf(row, openSecrets(sealer, row.id, row.secrets), known);
  };
  const store: ChannelStore = {
    of,
    async find(db, id) {
      if (!isId(id)) return undefined;
      const row = await db('channels').where({ id }).first();
      return row && of(row);
    },
    async get(db, id) {
      const channel = await store.find(db, id);
      if (channel === undefined) throw notFound('channel', id);
      return channel;
    },
    async lock(trx, id) {
      const row = isId(id) ? await trx('channels').where({ id }).forUpdate().first() : undefined;
      if (row === undefined) throw notFound('channel', id);
      return of(row);
    },
    async list(db, page) {
      const before = cursorId(page);
      const rows = await db('channels')
        .where((query) => {
          if (before !== undefined) void query.where('id', '<', before);
        })
        .orderBy('id', 'desc')
        .limit(page.limit + 1);
      return rows.map(of);
    },
  };
  return store;
}

/** Writes a channel's row. Throws the database's error 23505 when the name is taken. */
export async function insertChannel(
  trx: Trx,
  row: Omit<ChannelRow, 'paused_at' | 'last_callback_at' | 'created_at' | 'updated_at'> & {
    paused_at?: Date | null;
  },
): Promise<void> {
  await trx('channels').insert({ ...row, allowed_hosts: json(row.allowed_hosts) });
}

/** Changes a channel's row. `paused`: true marks it by the database's clock. */
export async function updateChannel(
  trx: Trx,
  id: string,
  changes: Partial<Omit<ChannelRow, 'id' | 'paused_at'>>,
  paused: boolean,
): Promise<void> {
  const { allowed_hosts: hosts, ...others } = changes;
  await trx('channels')
    .where({ id })
    .update({
      ...others,
      ...(hosts === undefined ? {} : { allowed_hosts: json(hosts) }),
      paused_at: paused ? trx.raw('coalesce(paused_at, now())') : null,
      updated_at: trx.fn.now(),
    });
}

/** What needs a channel: mappings of its own, and tasks that are still open. */
export async function usesOf(trx: Trx, id: string): Promise<{ mappings: string[]; openTasks: number }> {
  const mappings = await trx('mappings').where({ channel_id: id }).orderBy('name').pluck('name');
  const [open] = await trx('tasks')
    .whereIn('status', ['submitted', 'pending'])
    .whereIn('id', trx('approvals').where({ channel_id: id }).whereNotNull('task_id').select('task_id'))
    .count<{ count: string }[]>({ count: '*' });
  return { mappings, openTasks: Number(open?.count ?? 0) };
}

/** Deletes a channel with its tokens, counts and events. */
export async function deleteChannel(trx: Trx, id: string): Promise<void> {
  await trx('channels').where({ id }).delete();
}
