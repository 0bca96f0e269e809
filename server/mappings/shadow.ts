import type { Channel } from '../channels/channel.ts';
import type { ShadowAnswer, ShadowedTask, ShadowOrder } from '../contract/shadow.ts';
import type { Variables } from '../contract/variables.ts';
import { AppError } from '../errors.ts';
import type { Execution } from '../executions/run.ts';
import { pageOf } from '../http/paging.ts';
import { newId } from '../ids.ts';
import { draftScripts, sourcesOf } from './scripts.ts';
import type { Scripts } from './scripts.ts';
import { differencesOf, recordingOf, requestOf } from './shadow-difference.ts';
import { listOpenedTasks } from './shadow-store.ts';
import type { OpenedTask } from './shadow-store.ts';
import { draftOf, getMapping } from './store.ts';
import type { TestDeps } from './test-run.ts';
import type { Who } from './who.ts';

/** After this long no further task is begun; the answer says where to go on. */
const PATIENCE_MS = 10_000;

/**
 * Runs the draft's create stage for the last real tasks of a mapping, each with the answers that the provider gave to its own run, and
 * tells what the draft would have sent otherwise. Nothing reaches the provider, and no execution is kept: the answer is all there is.
 * @param asked.signal aborted when who asked goes away: then the run ends
 * @throws AppError NOT_FOUND, INVALID_INPUT, SANDBOX_BUSY
 */
export async function runShadow(
  deps: TestDeps,
  { mappingId, order, signal }: { mappingId: string; order: ShadowOrder; signal: AbortSignal },
  who: Who,
): Promise<ShadowAnswer> {
  const { knex, channels } = deps;
  const mapping = await getMapping(knex, mappingId);
  const channel = await channels.get(knex, mapping.channel_id);
  const scripts = draftScripts(mapping, sourcesOf(await draftOf(knex, mappingId)), channel.provider);
  const page = pageOf(await listOpenedTasks(knex, mappingId, order), order, (task) => task);
  const items: ShadowedTask[] = [];
  const until = performance.now() + PATIENCE_MS;
  for (const task of page.items) {
    if (signal.aborted || performance.now() > until) return { items, nextCursor: cursorAfter(items, order) };
    items.push(await shadowOf(deps, task, { scripts, channel, signal }, who));
  }
  return { items, nextCursor: page.nextCursor };
}

/** Where an answer that ended early goes on: behind its last task, or where it began. */
const cursorAfter = (items: readonly ShadowedTask[], { cursor }: ShadowOrder): string | null =>
  items.at(-1)?.executionId ?? cursor ?? null;

/** What every task of one shadow run is tried with. */
interface Draft {
  readonly scripts: Scripts;
  readonly channel: Channel;
  readonly signal: AbortSignal;
}

async function shadowOf(
  { caller }: TestDeps,
  task: OpenedTask,
  { scripts, channel, signal }: Draft,
  who: Who,
): Promise<ShadowedTask> {
  const { outcome } = await caller.call({
    ...{ scripts, channel, stage: 'create', signal, kept: false },
    variables: { ...task.variables, APPROVAL_CODE: scripts.approvalDefinitionId } as Variables,
    recording: recordingOf(task.http),
    // Whatever equals the token is masked in what is shown, so it must be a text that stands nowhere else.
    accessToken: newId(),
    context: { kind: 'test', runBy: who.by },
  });
  const { execution } = outcome;
  const { error } = execution;
  if (error?.code === 'SANDBOX_BUSY') throw new AppError('SANDBOX_BUSY', error.message, { retryAfter: 1 });
  return {
    taskId: task.task_id,
    taskName: task.variables['TASK_NAME'] ?? '',
    taskType: task.task_type,
    version: task.version,
    executionId: task.id,
    startedAt: task.started_at.toISOString(),
    ...verdictOf(channel, task, execution),
  };
}

type Verdict = Pick<ShadowedTask, 'outcome' | 'unknown' | 'error' | 'fields' | 'others'>;

/** What became of a task under the draft, beside what was sent for it. */
function verdictOf({ protocol }: Channel, task: OpenedTask, execution: Execution): Verdict {
  const nothing = { fields: [], others: [] };
  const before = requestOf(protocol, task);
  const after = requestOf(protocol, execution);
  const { error } = execution;
  if (error !== undefined) {
    const { code, message, line, column } = error;
    const told = { ...nothing, error: { code, message, line, column } };
    return asksForMore(execution)
      ? { ...told, outcome: 'unknown', unknown: 'unrecorded' }
      : { ...told, outcome: 'fails' };
  }
  if (before === undefined || after === undefined)
    return { ...nothing, outcome: 'unknown', unknown: 'unreadable' };
  const changes = differencesOf(before, after);
  const isSame = changes.fields.length === 0 && changes.others.length === 0;
  return { ...changes, outcome: isSame ? 'same' : 'changed' };
}

/** Under a recording, a call fails this way when there is no answer to it. */
const asksForMore = ({ http }: Execution): boolean => http.some((call) => call.error?.code === 'HTTP_ERROR');
