import type { Db, Trx } from '../db/database.ts';
import type { ApprovalRow, Intent } from '../db/tables.ts';

/**
 * Writes down what is about to be sent, if it may be: the approval is `ready`, or this very attempt wrote before and its call did not
 * leave. One statement, so that of two attempts at the same time, and of an attempt and a revoke, one wins.
 * @param searchMs when the provider is to be searched, should nobody come back with an answer
 * @returns whether the call may leave
 */
export async function noteIntent(
  db: Db,
  approvalId: string,
  { intent, hash, searchMs }: { intent: Intent; hash: Buffer; searchMs: number },
): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `update approvals
        set opening = 'sending', intent = ?::jsonb, intent_hash = ?, intent_at = now(), searches = 0, absent_since = null,
            next_sync_at = now() + ? * interval '1 millisecond', updated_at = now()
      where id = ? and (opening = 'ready' or (opening = 'sending' and intent ->> 'attempt' = ?))
      returning id`,
    [JSON.stringify(intent), hash, searchMs, approvalId, intent.attempt],
  );
  return rows.length === 1;
}

/**
 * Takes an intent back whose call did not leave, or was refused: nothing stands at the provider. Only of the attempt that wrote it.
 * @param attempt undefined: whichever it is, for it was proved that nothing came of it
 */
export async function withdrawIntent(trx: Trx, approvalId: string, attempt?: string): Promise<boolean> {
  const changed = await trx('approvals')
    .where({ id: approvalId, opening: 'sending' })
    .modify((query) => {
      if (attempt !== undefined) void query.andWhereRaw("intent ->> 'attempt' = ?", [attempt]);
    })
    .update({
      opening: 'ready',
      intent: null,
      intent_hash: null,
      intent_at: null,
      absent_since: null,
      searches: 0,
      next_sync_at: trx.fn.now(),
      updated_at: trx.fn.now(),
    });
  return changed === 1;
}

/** An uncertain create with its ages by the database's clock, in milliseconds. */
export interface Uncertain {
  readonly approval: ApprovalRow;
  readonly intent: Intent;
  readonly intentAt: Date;
  readonly ageMs: number;
  /** Since the first search that counts and found nothing; null before. */
  readonly absentMs: number | null;
  /** How long its next search is still off; 0 or less when it is due. */
  readonly dueInMs: number;
}

/** An approval that is `sending`, undefined when it is not. */
export async function findUncertain(db: Db | Trx, approvalId: string): Promise<Uncertain | undefined> {
  const row = await db('approvals')
    .where({ id: approvalId, opening: 'sending' })
    .first<(ApprovalRow & { age_ms: string; absent_ms: string | null; due_in_ms: string }) | undefined>(
      '*',
      db.raw('extract(epoch from now() - intent_at) * 1000 as age_ms'),
      db.raw('extract(epoch from now() - absent_since) * 1000 as absent_ms'),
      db.raw('coalesce(extract(epoch from next_sync_at - now()) * 1000, 0) as due_in_ms'),
    );
  if (row === undefined || row.intent === null || row.intent_at === null) return undefined;
  return {
    approval: row,
    intent: row.intent,
    intentAt: row.intent_at,
    ageMs: Number(row.age_ms),
    absentMs: row.absent_ms === null ? null : Number(row.absent_ms),
    dueInMs: Number(row.due_in_ms),
  };
}

/** Another create of the same content whose end is not known either. */
export interface Sibling {
  /** Whether its intent was written earlier. */
  readonly isOlder: boolean;
  /** How long ago. */
  readonly ageMs: number;
  /** A test run's, not a task's: one that is still running, or one of which nobody will ever learn what it opened. */
  readonly test?: 'running' | 'lost';
}

/**
 * A listing goes back a quarter of an hour (scripts/<provider>/hub/find.js), by a clock that may be as much fast: an instance that it
 * names was sent for, and linked, no longer than this before.
 */
const EARLIER_MS = 35 * 60_000;
/** Nobody ends a test whose process died; one that goes on for longer than a run ever may is such a one. */
const LONGEST_TEST_MS = 5 * 60_000;

type SiblingRow = Pick<ApprovalRow, 'id' | 'task_id' | 'test_execution_id'> & {
  intent_at: Date;
  age_ms: string;
};

/**
 * The other uncertain creates with the same definition, originator and form, over all channels of the same app. Those of tests, which
 * nobody searches for, as long as the provider's listing may name what they opened.
 */
export async function siblingsOf(trx: Trx, approval: ApprovalRow): Promise<Sibling[]> {
  const { id, channel_id, intent_hash, intent_at } = approval;
  const nameable = new Date((intent_at?.getTime() ?? 0) - EARLIER_MS);
  const rows = await trx('approvals')
    .where({ intent_hash, opening: 'sending' })
    .whereIn('channel_id', channelsOfSameApp(trx, channel_id))
    .whereNot({ id })
    .andWhere((query) => void query.whereNotNull('task_id').orWhere('intent_at', '>=', nameable))
    .select<SiblingRow[]>(
      'id',
      'task_id',
      'test_execution_id',
      'intent_at',
      trx.raw('extract(epoch from now() - intent_at) * 1000 as age_ms'),
    );
  const order = (at: Date | null, of: string): string => `${at?.toISOString() ?? ''} ${of}`;
  return rows.map((row): Sibling => {
    const ageMs = Number(row.age_ms);
    const isLost = row.test_execution_id !== null || ageMs > LONGEST_TEST_MS;
    return {
      isOlder: order(row.intent_at, row.id) < order(intent_at, id),
      ageMs,
      ...(row.task_id === null ? { test: isLost ? 'lost' : 'running' } : {}),
    };
  });
}

/** Instances that have their approval already and that a listing from `from` on may name, over all channels of the same app. */
export async function linkedSince(db: Db | Trx, channelId: string, from: Date): Promise<string[]> {
  const rows = await ofSameApp(db, channelId)
    .where('approvals.linked_at', '>=', new Date(from.getTime() - EARLIER_MS))
    .select<{ approval_instance_id: string }[]>('approvals.approval_instance_id');
  return rows.map((row) => row.approval_instance_id);
}

/** Which of these instances have their approval already. */
export async function linkedAmong(
  db: Db | Trx,
  channelId: string,
  instanceIds: readonly string[],
): Promise<Set<string>> {
  const rows = await ofSameApp(db, channelId)
    .whereIn('approvals.approval_instance_id', [...instanceIds])
    .select<{ approval_instance_id: string }[]>('approvals.approval_instance_id');
  return new Set(rows.map((row) => row.approval_instance_id));
}

/** The approval that has an instance already, over all channels of the same app. */
export function findOwner(
  db: Db | Trx,
  channelId: string,
  instanceId: string,
): Promise<ApprovalRow | undefined> {
  return ofSameApp(db, channelId)
    .where('approvals.approval_instance_id', instanceId)
    .first<ApprovalRow | undefined>('approvals.*');
}

const ofSameApp = (db: Db | Trx, channelId: string) =>
  db('approvals')
    .whereNotNull('approvals.approval_instance_id')
    .whereIn('approvals.channel_id', channelsOfSameApp(db, channelId));

// Two channels of one app see each other's instances.
const channelsOfSameApp = (db: Db | Trx, channelId: string) =>
  db('channels as own')
    .join('channels as other', function () {
      this.on('other.type', 'own.type').andOn('other.app_id', 'own.app_id');
    })
    .where('own.id', channelId)
    .select('other.id');

/** The earlier generations' creates of a task of which nobody ever learnt what became of them; `age_ms`: how old each intent is. */
export function unknownBefore(
  db: Db | Trx,
  { task_id, generation }: Pick<ApprovalRow, 'task_id' | 'generation'>,
): Promise<(ApprovalRow & { age_ms: string })[]> {
  return db('approvals')
    .where({ task_id, opening: 'closed' })
    .where('generation', '<', generation)
    .whereNotNull('intent')
    .orderBy('generation')
    .select('*', db.raw('extract(epoch from now() - intent_at) * 1000 as age_ms'));
}
