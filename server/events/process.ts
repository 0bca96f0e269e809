import { applyNews, isNoNews } from '../approvals/apply.ts';
import { lockInstance } from '../approvals/store.ts';
import { contextOf, loadByInstance, variablesOf } from '../approvals/work.ts';
import type { KnownApproval, Work } from '../approvals/work.ts';
import type { ChannelStore } from '../channels/store.ts';
import type { Db } from '../db/database.ts';
import type { EventRow } from '../db/tables.ts';
import type { Scripts } from '../executions/scripts.ts';
import type { JobRun } from '../jobs/handlers.ts';
import type { JobData, JobQueue } from '../jobs/queue.ts';
import type { Log } from '../log.ts';
import type { StageCaller } from '../mappings/call.ts';
import { loadScripts } from '../mappings/scripts.ts';
import type { VersionCache } from '../mappings/version-cache.ts';
import type { Observer } from '../metrics.ts';
import type { Waits } from '../waits.ts';
import { readCallbackResult } from './read-result.ts';
import type { CallbackVerdict } from './read-result.ts';
import { decide, findEvent, isOlderThan, linkEvent, lockWaiting, publishedAfter } from './store.ts';

export interface ProcessDeps {
  readonly knex: Db;
  readonly queue: JobQueue;
  readonly channels: Pick<ChannelStore, 'find' | 'of'>;
  readonly versions: VersionCache;
  readonly caller: StageCaller;
  readonly waits: Pick<Waits, 'unknownInstance'>;
  readonly observe: Observer;
  readonly log: Log;
}

/** Told to a person who looks at an event that no approval of ours ever claimed. */
export const NEVER_KNOWN = 'no approval of ours became known for this instance in time';

/** Throwing it has the job done again later. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

/**
 * Makes the handler of `process-event`: runs the callback stage for an event and applies what it says in one transaction with the
 * event's outcome. Safe to repeat, alone or side by side: whoever decides first counts.
 * @throws Error when the same may go well later (sandbox busy, provider away), so that the queue tries again. At the last time the
 *   event fails with the reason instead, kept for replay.
 */
export function createProcessor(
  deps: ProcessDeps,
): (data: JobData['process-event'], job: Pick<JobRun, 'signal' | 'last'>) => Promise<void> {
  const { knex, waits } = deps;

  return async ({ eventId }, job) => {
    const event = await findEvent(knex, eventId);
    if (event?.outcome !== 'waiting' || event.approval_instance_id === null) return;
    const { approval_instance_id: instanceId } = event;
    const known = await find(deps, event, instanceId);
    if (known === undefined) {
      // Its link will wake the event; an instance that never becomes known is somebody else's.
      if (await isOlderThan(knex, eventId, waits.unknownInstance))
        await decide(knex, eventId, 'foreign', NEVER_KNOWN);
      return;
    }
    const { approval, work } = known;
    if (event.approval_id !== approval.id) await linkEvent(knex, event.id, approval.id);
    if (approval.task_id === null)
      return decide(knex, eventId, 'unchanged', 'of an approval that a test opened');
    // Deleted meanwhile, and the event with it or soon after.
    if (work === undefined) return;
    try {
      await settle(deps, event, instanceId, work, job.signal);
    } catch (error) {
      if (!job.last || job.signal.aborted) throw error;
      await fail(deps, event, error instanceof Error ? error.message : String(error));
    }
  };
}

/** Finds the event's approval; when it is not known, in turns with whoever links that instance: one of the two sees what the other did. */
async function find(
  deps: ProcessDeps,
  event: EventRow,
  instanceId: string,
): Promise<KnownApproval | undefined> {
  const known = await loadByInstance(deps, event.channel_id, instanceId);
  // A link is never undone: what is known needs no turn.
  if (known !== undefined) return known;
  await deps.knex.transaction((trx) => lockInstance(trx, event.channel_id, instanceId));
  return loadByInstance(deps, event.channel_id, instanceId);
}

/** Decides on an event of a task's approval. @throws TryAgain */
async function settle(
  deps: ProcessDeps,
  event: EventRow,
  instanceId: string,
  work: Work,
  signal: AbortSignal,
): Promise<void> {
  const { knex } = deps;
  const { scripts, verdict } = await ask(deps, event, instanceId, work, signal);
  // A run that was broken off by the end of the process says nothing about the event.
  if (signal.aborted) throw new TryAgain('The job was taken away while the callback stage ran.');
  if ('retry' in verdict) throw new TryAgain(verdict.retry);
  if ('unchanged' in verdict) return decide(knex, event.id, 'unchanged', verdict.unchanged);
  if ('failed' in verdict) return fail(deps, event, verdict.failed);
  const { status, at } = verdict;
  const trusted = scripts.defaultStages.includes('callback');
  const news = { source: 'callback', status, trusted, at, eventId: event.id } as const;
  const nothing = `says ${status}, which moved nothing`;
  if (isNoNews(work, news)) return decide(knex, event.id, 'unchanged', nothing);
  await knex.transaction(async (trx) => {
    if (!(await lockWaiting(trx, event.id))) return;
    const outcome = await applyNews(trx, deps, work.approval.id, news);
    await decide(trx, event.id, outcome, outcome === 'applied' ? null : nothing);
  });
}

async function fail({ knex, log }: ProcessDeps, event: EventRow, why: string): Promise<void> {
  log.warn({ eventId: event.id, channelId: event.channel_id, why }, 'an event failed; it can be replayed');
  await decide(knex, event.id, 'failed', why);
}

/**
 * Runs the callback stage: that of the version which opened the instance (contract). Where that one fails and a person had the
 * event replayed, the version published since is asked too: to try a mended script is what a replay is for.
 */
async function ask(
  deps: ProcessDeps,
  event: EventRow,
  instanceId: string,
  work: Work,
  signal: AbortSignal,
): Promise<{ scripts: Scripts; verdict: CallbackVerdict }> {
  const run = async (scripts: Scripts): Promise<{ scripts: Scripts; verdict: CallbackVerdict }> => {
    const end = await deps.caller.call({
      scripts,
      channel: work.channel,
      stage: 'callback',
      variables: variablesOf(work.task, scripts),
      event: event.payload,
      eventType: event.type,
      signal,
      context: contextOf(work.task, work.approval, { eventId: event.id }),
    });
    return { scripts, verdict: readCallbackResult(end, instanceId) };
  };
  const opened = await run(work.scripts);
  const { mappingId, version } = work.scripts;
  if (!('failed' in opened.verdict) || !isReplayed(event) || version === null) return opened;
  const newer = await publishedAfter(deps.knex, mappingId, version);
  return newer === undefined ? opened : run(await loadScripts(deps.knex, mappingId, newer));
}

/** A waiting event has a reason only when a person set it back to waiting (store.ts, `reopen`). */
const isReplayed = ({ reason }: EventRow): boolean => reason !== null;
