import { randomUUID } from 'node:crypto';
import { approvalUrl } from '../instances/detail.ts';
import type { Happening, Instance } from '../instances/instance.ts';
import type { User } from '../people.ts';

interface Envelope {
  /** Epoch milliseconds. */
  readonly EventTime: number;
  readonly CorpId: string;
  readonly BizId: string;
  readonly eventId: string;
}

/** One event as it is pushed, before encryption: documented envelope, the event's fields beside it (protocols/dingtalk.md §8). */
export interface EventPayload extends Envelope, Readonly<Record<string, unknown>> {
  readonly EventType: string;
}

const envelopeOf = (corpId: string, at: number): Envelope => ({
  EventTime: at,
  CorpId: corpId,
  BizId: String(Math.floor(at / 1000)),
  eventId: randomUUID().replaceAll('-', ''),
});

/** The event of a new or changed employee: `userId` is always an array, `timeStamp` a text (protocols/dingtalk.md §8 "Contact events"). */
export function contactEvent(user: User, before: User | undefined, corpId: string, at: number): EventPayload {
  const envelope = envelopeOf(corpId, at);
  const common = { timeStamp: String(at), userId: [user.userId] };
  if (!before) return { EventType: 'user_add_org', ...envelope, ...common };
  const seen = ({ name, mobile }: User): object => ({ name, telephone: mobile });
  const diffInfo = { prev: seen(before), curr: seen(user), userid: user.userId };
  return { EventType: 'user_modify_org', ...envelope, ...common, diffInfo };
}

/** The event that tells of one happening. `at` is epoch milliseconds. */
export function eventOf(instance: Instance, happening: Happening, corpId: string, at: number): EventPayload {
  const envelope = envelopeOf(corpId, at);
  const common = {
    processInstanceId: instance.instanceId,
    processCode: instance.processCode,
    businessId: instance.businessId,
    bizCategoryId: '',
    title: instance.title,
    type: happening.type,
  };
  if (happening.about === 'instance')
    return {
      EventType: 'bpms_instance_change',
      ...envelope,
      ...common,
      businessType: '',
      staffId: instance.originatorUserId,
      createTime: instance.createdAt,
      ...(happening.type === 'start' ? {} : { finishTime: instance.finishedAt }),
      // A revoke carries no result at all (documented).
      ...(happening.type === 'finish' ? { result: instance.result } : {}),
      url: approvalUrl(instance.instanceId, corpId),
    };
  return {
    EventType: 'bpms_task_change',
    ...envelope,
    ...common,
    taskId: happening.task.taskId,
    staffId: happening.staffId,
    createTime: happening.task.createdAt,
    ...taskExtras(happening),
  };
}

function taskExtras(happening: Extract<Happening, { about: 'task' }>): Record<string, unknown> {
  switch (happening.type) {
    case 'start':
      return {};
    case 'comment':
      return { content: happening.remark ?? '' };
    case 'cancel':
      return { finishTime: happening.task.finishedAt };
    case 'finish':
      return {
        finishTime: happening.task.finishedAt,
        result: happening.result,
        remark: happening.remark ?? '',
      };
  }
}
