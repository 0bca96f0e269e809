import { CORP_ID, type Company } from '../company.ts';
import { activityId, type Instance } from '../instances/instance.ts';

/** An instance as the control API lists it: status and result in DingTalk's words, times in epoch milliseconds. */
export function showInstance(instance: Instance): Record<string, unknown> {
  return {
    instanceId: instance.instanceId,
    processCode: instance.processCode,
    status: instance.status,
    result: instance.result,
    originatorUserId: instance.originatorUserId,
    form: instance.form.map(({ name, value }) => ({ name, value })),
    tasks: instance.tasks.map((task) => ({
      taskId: task.taskId,
      activityId: activityId(task.node),
      userId: task.userId,
      status: task.status,
      result: task.result,
      createdAt: task.createdAt,
      finishedAt: task.finishedAt,
    })),
  };
}

/** Newest first. */
const newest = (company: Company): Instance[] => [...company.instances.values()].reverse();

/** `GET _control/instances` */
export const showInstances = (company: Company): object => ({ items: newest(company).map(showInstance) });

const PAGE_INSTANCES = 100;

/** `GET _control/board`: what the page shows, in one answer: the newest 100 instances with their records, people, undelivered events, faults. */
export function showBoard(company: Company): object {
  return {
    corpId: CORP_ID,
    count: company.instances.size,
    users: company.people.all().map(({ userId, name }) => ({ userId, name })),
    apps: [...company.apps.values()].map((app) => ({
      appKey: app.appKey,
      callbackUrl: app.callback?.url ?? null,
      undelivered: company.pushes.failed(app.appKey).map(({ payload, failedAt, detail }) => ({
        eventType: payload.EventType,
        type: payload.type,
        instanceId: payload.processInstanceId,
        failedAt,
        detail,
      })),
    })),
    faults: company.faults,
    instances: newest(company)
      .slice(0, PAGE_INSTANCES)
      .map((instance) => ({
        ...showInstance(instance),
        title: instance.title,
        templateName: company.templates.get(instance.processCode)?.name ?? instance.processCode,
        businessId: instance.businessId,
        createdAt: instance.createdAt,
        finishedAt: instance.finishedAt,
        records: instance.records.map(({ userId, at, type, result, remark, ccUserIds }) => ({
          userId,
          at,
          type,
          result,
          remark,
          ccUserIds,
        })),
      })),
  };
}
