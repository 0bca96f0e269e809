import type { App } from '../apps.ts';
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
const PAGE_UNDELIVERED = 20;

/** An app with its callback, how the last check of it went, and how many events wait in its failed list (the newest 20 of them). */
function showApp(company: Company, { appKey, callback }: App): object {
  const undelivered = company.pushes.failed(appKey);
  return {
    appKey,
    callbackUrl: callback?.url ?? null,
    connections: company.streams.of(appKey).length,
    check: company.pushes.lastCheck(appKey),
    undeliveredCount: undelivered.length,
    undelivered: undelivered
      .slice(-PAGE_UNDELIVERED)
      .reverse()
      .map(({ entry, failedAt, detail }) => ({
        id: entry.id,
        eventType: entry.eventType,
        what: entry.what,
        subject: entry.subject,
        failedAt,
        detail,
      })),
  };
}

/**
 * `GET _control/board`: what the page shows, in one answer: the newest 100 instances with their records, people, apps, the newest 20 events
 * and what became of them, faults.
 */
export function showBoard(company: Company): object {
  return {
    corpId: CORP_ID,
    count: company.instances.size,
    users: company.people.all().map(({ userId, name }) => ({ userId, name })),
    apps: [...company.apps.values()].map((app) => showApp(company, app)),
    events: company.pushes.newest(),
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
