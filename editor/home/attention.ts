import type { ShownChannel } from '../../server/contract/channel.ts';
import type { Overview } from '../../server/contract/overview.ts';
import { isCutOff, takesCallbacks, usedShare } from '../channels/health.ts';

/** How soon somebody should look: it does not work; it will not for long, or costs time; good to know. */
export type Urgency = 'bad' | 'warning' | 'quiet';

/** Something that needs somebody. `kind` is a key of the texts, `values` are what they name. */
export interface Attention {
  readonly kind:
    | 'stageFails'
    | 'tasksFailed'
    | 'notSent'
    | 'undecided'
    | 'eventsFailed'
    | 'paused'
    | 'callsUsed'
    | 'callsNearlyUsed'
    | 'noKeys'
    | 'noCallback'
    | 'notConnected'
    | 'noEvent';
  readonly urgency: Urgency;
  readonly values: Readonly<Record<string, string | number>>;
  /** Where something can be done about it. */
  readonly to: string;
  /** Since when, or when it happened. */
  readonly at?: string;
}

/** A channel whose calls are used so far is worth a look. */
const NEARLY = 0.8;

const ORDER: readonly Urgency[] = ['bad', 'warning', 'quiet'];

/** Everything that needs somebody, what does not work first. */
export function attentionOf(overview: Overview, channels: readonly ShownChannel[]): Attention[] {
  const all = [...ofWork(overview), ...channels.flatMap((channel) => ofChannel(channel, overview))];
  return all.toSorted((a, b) => ORDER.indexOf(a.urgency) - ORDER.indexOf(b.urgency));
}

function ofWork({ failingStages, waiting, tasks, events }: Overview): Attention[] {
  const failedEvents = events.find(({ outcome }) => outcome === 'failed')?.count ?? 0;
  return [
    ...failingStages.map(({ mappingId, mappingName, stage, message, at }): Attention => ({
      ...{ kind: 'stageFails', urgency: 'bad', at },
      values: { mapping: mappingName, stage, message },
      to: `/mappings/${mappingId}?stage=${stage}`,
    })),
    ...(tasks.failed > 0
      ? [
          {
            ...({ kind: 'tasksFailed', urgency: 'bad' } as const),
            values: { count: tasks.failed },
            to: '/tasks?status=failed',
          },
        ]
      : []),
    ...(failedEvents > 0
      ? [
          {
            ...({ kind: 'eventsFailed', urgency: 'bad' } as const),
            values: { count: failedEvents },
            to: '/events?outcome=failed',
          },
        ]
      : []),
    ...waiting.map(({ taskId, taskName, status, since }): Attention => ({
      kind: status === 'submitted' ? 'notSent' : 'undecided',
      urgency: status === 'submitted' ? 'bad' : 'warning',
      values: { task: taskName === '' ? taskId : `${taskId} ${taskName}` },
      to: `/tasks/${encodeURIComponent(taskId)}`,
      at: since,
    })),
  ];
}

function ofChannel(channel: ShownChannel, { tasks }: Overview): Attention[] {
  const { name: channelName, budget } = channel;
  const about = (
    kind: Attention['kind'],
    urgency: Urgency,
    values: Readonly<Record<string, string | number>> = {},
  ): Attention => ({
    kind,
    urgency,
    values: { channel: channelName, ...values },
    to: `/channels/${channel.id}`,
  });
  const found: Attention[] = [];
  if (channel.paused) found.push(about('paused', 'warning'));
  const share = usedShare(budget);
  if (share >= NEARLY)
    found.push(
      about(share >= 1 ? 'callsUsed' : 'callsNearlyUsed', share >= 1 ? 'bad' : 'warning', {
        used: budget.used,
        limit: budget.limit,
      }),
    );
  // Of a channel that nobody has used yet the channel's own page says it.
  const isUsed = Object.values(tasks).some((count) => count > 0) && channel.accessTokenUntil !== null;
  const isSilent = isUsed && channel.lastCallbackAt === null;
  if (channel.callbackType === 'persistent') {
    const { connection } = channel;
    if (connection !== null && isCutOff(channel)) {
      const message = connection.lastError ?? '';
      found.push({ ...about('notConnected', 'bad', { message }), at: connection.since });
    } else if (isSilent) found.push(about('noEvent', 'warning'));
  } else if (isUsed && !takesCallbacks(channel)) found.push(about('noKeys', 'warning'));
  else if (isSilent) found.push(about('noCallback', 'warning'));
  return found;
}
