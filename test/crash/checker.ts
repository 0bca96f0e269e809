import type { Answered, Client } from '../support/hub.ts';
import { statusOf, taskIdIn } from './provider.ts';
import type { Standing } from './provider.ts';
import type { Pushed } from './callback-proxy.ts';

/** A task as the hub shows it, as far as the checker looks. */
interface Task {
  readonly taskId: string;
  readonly status: string;
  readonly reason?: { readonly code: string; readonly message: string };
  readonly approval: { readonly approvalInstanceId: string; readonly approvers: readonly unknown[] } | null;
  readonly timeline: readonly { readonly what: string; readonly detail: Readonly<Record<string, unknown>> }[];
}

interface Event {
  readonly id: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly payload: { readonly eventId?: string } | null;
}

/** Everything that was seen from outside when all is over. */
export interface History {
  /** Tasks whose submission was acknowledged. */
  readonly acknowledged: readonly string[];
  readonly standing: readonly Standing[];
  readonly pushed: readonly Pushed[];
  readonly tasks: readonly Task[];
  readonly events: readonly Event[];
  /** Log, stderr and what the API shows. */
  readonly shown: string;
  readonly secrets: readonly string[];
}

const ENDS = ['approved', 'rejected', 'revoked'];

/**
 * Holds a history against what Countersign promises.
 * @returns each broken promise in words; empty when all are kept
 */
export function brokenPromises(history: History): string[] {
  return [
    ...ofTasks(history),
    ...ofEvents(history),
    ...history.secrets
      .filter((secret) => history.shown.includes(secret))
      .map((secret) => `the secret ${secret} is shown`),
  ];
}

function ofTasks({ acknowledged, standing, tasks }: History): string[] {
  const byTask = Map.groupBy(standing, taskIdIn);
  const known = new Map(tasks.map((task) => [task.taskId, task]));
  const twice = [...byTask]
    .filter(([, approvals]) => approvals.length > 1)
    .map(([taskId, approvals]) => `${taskId} stands ${approvals.length} times`);
  const stray = [...byTask.keys()]
    .filter((taskId) => !known.has(taskId))
    .map((taskId) => `${taskId} stands at the provider, and the hub does not know it`);
  return [
    ...twice,
    ...stray,
    ...acknowledged.filter((taskId) => !known.has(taskId)).map((taskId) => `${taskId} was lost`),
    ...tasks.flatMap((task) => ofTask(task, byTask.get(task.taskId)?.[0])),
  ];
}

function ofTask(
  { taskId, status, reason, approval, timeline }: Task,
  stands: Standing | undefined,
): string[] {
  const wanted = stands === undefined ? 'revoked' : statusOf(stands);
  const ends = timeline.map(({ what }) => what).filter((what) => ENDS.includes(what));
  const alarms = timeline.filter(({ what }) => what === 'alarm').map(({ detail }) => JSON.stringify(detail));
  return [
    ...(status === wanted
      ? []
      : [`${taskId} is ${status} (${JSON.stringify(reason)}), the provider says ${wanted}`]),
    ...(stands !== undefined && approval?.approvalInstanceId !== stands.instanceId
      ? [`${taskId} is linked to ${approval?.approvalInstanceId ?? 'nothing'}, not to ${stands.instanceId}`]
      : []),
    ...(ends.length > 1 ? [`${taskId} ended ${ends.length} times: ${ends.join(', ')}`] : []),
    ...(stands?.status === 'COMPLETED' && approval?.approvers.length === 0
      ? [`${taskId} does not tell who decided`]
      : []),
    ...alarms.map((alarm) => `${taskId}: ${alarm}`),
  ];
}

function ofEvents({ pushed, events }: History): string[] {
  const kept = Map.groupBy(events, ({ payload }) => payload?.eventId ?? '');
  const acknowledged = new Set(pushed.filter(({ status }) => status === 200).map(({ eventId }) => eventId));
  const sent = new Set(pushed.map(({ eventId }) => eventId));
  return [
    ...[...acknowledged].filter((id) => !kept.has(id)).map((id) => `the acknowledged event ${id} was lost`),
    ...[...kept]
      .filter(([, rows]) => rows.length > 1)
      .map(([id, rows]) => `the event ${id} is kept ${rows.length} times`),
    ...[...kept.keys()].filter((id) => !sent.has(id)).map((id) => `I10: nobody sent the event ${id}`),
    ...events
      .filter(({ outcome }) => outcome !== 'applied' && outcome !== 'unchanged')
      .map(({ id, outcome, reason }) => `the event ${id} is ${outcome} (${reason ?? ''})`),
  ];
}

/** Reads everything of a list, each in full, but for what is as it was when it was read before. */
export interface Reader<T> {
  read(api: Client): Promise<T[]>;
  /** All is well with what was read last: it need not be read again unless its line in the list changes. */
  keep(): void;
}

function readerOf<T>(path: string, idOf: (item: T) => string): Reader<T> {
  const kept = new Map<string, T>();
  const last = new Map<string, T>();
  const full = async (api: Client, item: T): Promise<T> => {
    const line = JSON.stringify(item);
    const known = kept.get(line);
    if (known !== undefined) return known;
    const { body } = await api('GET', `${path}/${encodeURIComponent(idOf(item))}`);
    last.set(line, body as T);
    return body as T;
  };
  return {
    async read(api) {
      last.clear();
      const found: T[] = [];
      let cursor: string | null = null;
      do {
        const page: Answered = await api(
          'GET',
          `${path}?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`,
        );
        const { items, nextCursor } = page.body as { items: T[]; nextCursor: string | null };
        found.push(...(await Promise.all(items.map((item) => full(api, item)))));
        cursor = nextCursor;
      } while (cursor !== null);
      return found;
    },
    keep() {
      for (const [line, item] of last) kept.set(line, item);
    },
  };
}

export const taskReader = (): Reader<Task> => readerOf('/tasks', ({ taskId }) => taskId);
export const eventReader = (): Reader<Event> => readerOf('/events', ({ id }) => id);
