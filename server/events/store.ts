import type { EventOutcome } from '../contract/event.ts';
import type { Db, Trx } from '../db/database.ts';
import type { EventRow } from '../db/tables.ts';
import { isId } from '../ids.ts';

/** A verified event on its way into the inbox; texts and payload are storable. */
export interface NewEvent {
  readonly id: string;
  readonly channelId: string;
  /** The same for every push of the same event. */
  readonly key: string;
  /** Whether the channel's last callback was longer ago than need be told. */
  readonly isFirstInAWhile: boolean;
  readonly type: string;
  readonly definitionId: string | null;
  readonly approvalInstanceId: string | null;
  readonly raw: unknown;
  readonly payload: unknown;
}

/**
 * Claims the events' keys. Of events with one key, here and in all that was ever seen, one gets it.
 * @returns the ids of those that got theirs; the others are repeats
 */
export async function claimKeys(trx: Trx, events: readonly NewEvent[]): Promise<Set<string>> {
  // In one order everywhere, so that two processes that store the same events cannot wait for each other.
  const rows = events
    .map(({ channelId, key, id }) => ({ channel_id: channelId, key, event_id: id }))
    .sort((a, b) => (a.channel_id + a.key < b.channel_id + b.key ? -1 : 1));
  const { rows: claimed } = await trx.raw<{ rows: { event_id: string }[] }>(
    `insert into event_keys (channel_id, key, event_id)
     select * from unnest(?::uuid[], ?::text[], ?::uuid[])
     on conflict (channel_id, key) do nothing returning event_id`,
    [rows.map((row) => row.channel_id), rows.map(({ key }) => key), rows.map((row) => row.event_id)],
  );
  return new Set(claimed.map((row) => row.event_id));
}

const pairOf = (channelId: string, definitionId: string): string => `${channelId} ${definitionId}`;

/**
 * Of events that name a definition: the ids of those that are ours, because a mapping of the channel has or had that
 * definition, or the instance is known.
 */
export async function whichAreOurs(trx: Trx, events: readonly NewEvent[]): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const pairs = new Map(
    events.map(({ channelId, definitionId }) => [
      pairOf(channelId, definitionId ?? ''),
      [channelId, definitionId ?? ''] as const,
    ]),
  );
  const { rows: mapped } = await trx.raw<{ rows: { channel_id: string; approval_definition_id: string }[] }>(
    `select channel_id, approval_definition_id from mappings
      where (channel_id, approval_definition_id) in (select * from unnest(?::uuid[], ?::text[]))`,
    [[...pairs.values()].map(([channelId]) => channelId), [...pairs.values()].map(([, id]) => id)],
  );
  const known = new Set(mapped.map((row) => pairOf(row.channel_id, row.approval_definition_id)));
  const isKnown = ({ channelId, definitionId }: NewEvent): boolean =>
    known.has(pairOf(channelId, definitionId ?? ''));
  // Nearly all are decided by now, and the embedded database is slow to plan the rest.
  const others = await whichWereOurs(
    trx,
    events.filter((event) => !isKnown(event)),
  );
  return new Set([...events.filter(isKnown).map(({ id }) => id), ...others]);
}

/** The same by what published versions had, and by the instances that are known. */
async function whichWereOurs(trx: Trx, events: readonly NewEvent[]): Promise<string[]> {
  if (events.length === 0) return [];
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select e.id
       from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[]) as e (id, channel_id, definition_id, instance_id)
      where exists (select 1 from mapping_versions v join mappings m on m.id = v.mapping_id
                     where m.channel_id = e.channel_id and v.approval_definition_id = e.definition_id)
         or exists (select 1 from approvals a
                     where a.channel_id = e.channel_id and a.approval_instance_id = e.instance_id)`,
    [
      events.map(({ id }) => id),
      events.map(({ channelId }) => channelId),
      events.map(({ definitionId }) => definitionId ?? ''),
      events.map(({ approvalInstanceId }) => approvalInstanceId ?? ''),
    ],
  );
  return rows.map(({ id }) => id);
}

/**
 * Writes the inbox rows, each with the approval that has its instance by now. An event whose outcome is `waiting` is not decided yet;
 * the others are done with.
 * @returns the ids of those whose approval is known
 */
export async function insertEvents(
  trx: Trx,
  events: readonly { event: NewEvent; outcome: EventOutcome; reason: string | null }[],
): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const { rows } = await trx.raw<{ rows: { id: string; approval_id: string | null }[] }>(INSERT_EVENTS, [
    JSON.stringify(
      events.map(({ event: { raw, payload, ...event }, outcome, reason }) => ({
        ...{ ...event, outcome, reason },
        ...(outcome === 'foreign' ? {} : { raw, payload }),
      })),
    ),
  ]);
  return new Set(rows.filter((row) => row.approval_id !== null).map(({ id }) => id));
}

// One text for any number of events, so that it is prepared once. KEY SHARE is what the foreign key asks for afterwards: asked for here, an
// approval that is just being deleted is none, instead of an error.
const INSERT_EVENTS = `
  insert into events (id, channel_id, type, definition_id, approval_instance_id, approval_id, raw, payload, outcome, reason, processed_at)
  select id, "channelId", type, "definitionId", "approvalInstanceId",
         (select a.id from approvals a
           where a.channel_id = "channelId" and a.approval_instance_id = "approvalInstanceId" for key share),
         raw, payload, outcome, reason, case when outcome <> 'waiting' then now() end
    from jsonb_to_recordset(?::jsonb) as given (
      id uuid, "channelId" uuid, type text, "definitionId" text, "approvalInstanceId" text, raw jsonb, payload jsonb,
      outcome text, reason text)
  returning id, approval_id`;

/** Notes that callbacks arrive, at most once a minute a channel: a row that every push changes would hold up all. */
export async function noteCallbacks(trx: Trx, channelIds: readonly string[]): Promise<void> {
  if (channelIds.length === 0) return;
  await trx.raw(
    `update channels set last_callback_at = now() where id in (
       select id from channels
        where id = any(?::uuid[]) and (last_callback_at is null or last_callback_at < now() - interval '1 minute')
        order by id for no key update skip locked)`,
    [[...new Set(channelIds)]],
  );
}

/** One event; undefined when there is none, or the id is no id at all. */
export function findEvent(db: Db | Trx, id: string): Promise<EventRow | undefined> {
  return isId(id) ? db('events').where({ id }).first() : Promise.resolve(undefined);
}

/** Whether the event came longer ago than `ms`, by the database's clock. */
export async function isOlderThan(db: Db | Trx, id: string, ms: number): Promise<boolean> {
  const row = await db('events')
    .where({ id })
    .andWhereRaw("received_at < now() - ? * interval '1 millisecond'", [ms])
    .first('id');
  return row !== undefined;
}

/** Notes which approval the event speaks of. */
export async function linkEvent(db: Db | Trx, id: string, approvalId: string): Promise<void> {
  await db('events').where({ id }).update({ approval_id: approvalId });
}

/** Takes the event for deciding on it; false when somebody else decided meanwhile. Holds its row until the end of the transaction. */
export async function lockWaiting(trx: Trx, id: string): Promise<boolean> {
  const row = await trx('events').where({ id, outcome: 'waiting' }).forUpdate().first('id');
  return row !== undefined;
}

/** Decides on a waiting event; a foreign one loses its payload. Changes nothing when somebody else decided meanwhile. */
export async function decide(
  db: Db | Trx,
  id: string,
  outcome: Exclude<EventOutcome, 'waiting'>,
  reason: string | null,
): Promise<void> {
  await db('events')
    .where({ id, outcome: 'waiting' })
    .update({
      outcome,
      reason,
      processed_at: db.fn.now(),
      ...(outcome === 'foreign' ? { raw: null, payload: null } : {}),
    });
}

/** One event and whether it is of a test's approval; its row is held until the end of the transaction. */
export async function lockForReplay(
  trx: Trx,
  id: string,
): Promise<(EventRow & { readonly isOfTest: boolean }) | undefined> {
  if (!isId(id)) return undefined;
  const row = await trx('events').where({ id }).forUpdate().first();
  if (row === undefined) return undefined;
  const approval =
    row.approval_id === null
      ? undefined
      : await trx('approvals').where({ id: row.approval_id }).first('task_id');
  return { ...row, isOfTest: approval?.task_id === null };
}

/** Sets a decided event back to waiting; `reason` tells people who wanted that. */
export async function reopen(trx: Trx, id: string, reason: string): Promise<void> {
  await trx('events').where({ id }).update({ outcome: 'waiting', reason, processed_at: null });
}

/**
 * Links waiting events to the approvals that have become known since, up to `most` at a time. Each is linked once.
 * @returns their ids
 */
export async function linkKnown(trx: Trx, most: number): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `with known as (
       select e.id, a.id as approval_id
         from events e
         join approvals a on a.channel_id = e.channel_id and a.approval_instance_id = e.approval_instance_id
        where e.outcome = 'waiting' and e.approval_id is null
        order by e.id limit ?
          for update of e skip locked)
     update events e set approval_id = known.approval_id from known where e.id = known.id returning e.id`,
    [most],
  );
  return rows.map(({ id }) => id);
}

/**
 * Waiting events whose approval is known and that came longer than `ms` ago, the oldest `most`: their job may have been given up.
 * @returns their ids
 */
export function findStranded(trx: Trx, ms: number, most: number): Promise<string[]> {
  return trx('events')
    .where({ outcome: 'waiting' })
    .whereNotNull('approval_id')
    .andWhereRaw("received_at <= now() - ? * interval '1 millisecond'", [ms])
    .orderBy('id')
    .limit(most)
    .pluck('id');
}

/**
 * Gives up waiting for instances that have not become known within `ms`, up to `most` events at a time: they are somebody
 * else's, and their payload goes.
 * @returns how many
 */
export async function expire(trx: Trx, ms: number, most: number, reason: string): Promise<number> {
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `update events set outcome = 'foreign', reason = ?, raw = null, payload = null, processed_at = now()
      where id in (
        select e.id from events e
         where e.outcome = 'waiting' and e.approval_id is null
           and e.received_at < now() - ? * interval '1 millisecond'
           and not exists (select 1 from approvals a
                            where a.channel_id = e.channel_id and a.approval_instance_id = e.approval_instance_id)
         order by e.id limit ? for update skip locked)
     returning 1`,
    [reason, ms, most],
  );
  return rows.length;
}

/** The version that a mapping has published now, when it is a later one than `version`. */
export async function publishedAfter(
  db: Db | Trx,
  mappingId: string,
  version: number,
): Promise<number | undefined> {
  const row = await db('mappings').where({ id: mappingId }).first('published_version');
  const published = row?.published_version ?? null;
  return published !== null && published > version ? published : undefined;
}
