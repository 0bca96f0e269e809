import type { Channel } from '../channels/channel.ts';
import type { ChannelStore } from '../channels/store.ts';
import type { ChannelConnection } from '../contract/channel.ts';
import { isDatabaseAway } from '../db/away.ts';
import type { Db } from '../db/database.ts';
import type { ChannelRow } from '../db/tables.ts';
import { keepConnection } from './keep.ts';
import type { Kept, KeepDeps } from './keep.ts';
import { persistentChannels } from './store.ts';

export interface ConnectionsDeps extends KeepDeps {
  readonly knex: Db;
  readonly channels: Pick<ChannelStore, 'of'>;
}

/** The connections that this process holds: one for each persistent channel that goes on. */
export interface Connections {
  /** How a channel's stands; null where none is to be held. */
  readonly of: (channelId: string) => ChannelConnection | null;
  /** Looks at the channels: makes connections that are missing, ends those that are not wanted any more. */
  follow(): Promise<void>;
  /** Ends all, when what is under way is stored. None is made afterwards. */
  stop(): Promise<void>;
}

/** What a connection is made from: when it changes, another one takes its place. */
interface Held {
  readonly from: string;
  readonly kept: Kept;
}

/** No connection yet: `follow` makes them. It is called when a channel was saved here, and again and again for what others save. */
export function createConnections(deps: ConnectionsDeps): Connections {
  const { knex, channels, log } = deps;
  const held = new Map<string, Held>();
  const ending = new Set<Promise<void>>();
  const unreadable = new Set<string>();
  let looking: Promise<void> = Promise.resolve();
  let isStopped = false;

  function end(id: string, { kept }: Held): void {
    held.delete(id);
    const ended = kept.close().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  function hold(channel: Channel): void {
    const protocol = channel.protocol.connection;
    const { appId, appSecret } = channel.stage;
    if (protocol === undefined || appId === '' || appSecret === '') return;
    const from = JSON.stringify(channel.stage);
    const present = held.get(channel.id);
    if (present?.from === from) {
      present.kept.refresh(channel);
      return;
    }
    if (present !== undefined) end(channel.id, present);
    held.set(channel.id, { from, kept: keepConnection(deps, channel, protocol) });
  }

  async function look(): Promise<void> {
    let rows: ChannelRow[];
    try {
      rows = await persistentChannels(knex);
    } catch (error) {
      // Connections stand without the database; what they bring is put off.
      if (isDatabaseAway(error)) return;
      throw error;
    }
    if (isStopped) return;
    const wanted = new Set(rows.map(({ id }) => id));
    for (const [id, one] of held) if (!wanted.has(id)) end(id, one);
    for (const row of rows) {
      try {
        hold(channels.of(row));
        unreadable.delete(row.id);
      } catch (err) {
        // Told once, for it is looked at every other second.
        if (!unreadable.has(row.id))
          log.error({ err, channelId: row.id }, 'a channel cannot be read, and is not connected');
        unreadable.add(row.id);
      }
    }
  }

  return {
    of: (channelId) => held.get(channelId)?.kept.state() ?? null,
    follow() {
      // One after another: the later one sees what was saved before it was asked for.
      looking = looking.catch(() => undefined).then(look);
      return looking;
    },
    async stop() {
      isStopped = true;
      for (const [id, one] of held) end(id, one);
      await Promise.all(ending);
    },
  };
}
