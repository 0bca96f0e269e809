import type { Company } from '../company.ts';
import type { Instance, InstanceStatus } from '../instances/instance.ts';
import { ApiRefusal } from '../refusals.ts';
import type { Endpoint } from './call.ts';

const DAY_MS = 86_400_000;
const MAX_SPAN_DAYS = 120;
const MAX_AGE_DAYS = 365;
const MAX_RESULTS = 20;
const MAX_USERS = 10;
const STATUSES: readonly InstanceStatus[] = ['RUNNING', 'TERMINATED', 'COMPLETED'];

/** What to list: times are epoch milliseconds of creation, both ends included. */
export interface ListingFilter {
  readonly processCode: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly userIds: readonly string[] | null;
  readonly statuses: readonly string[] | null;
}

/** Ids of the instances that match, oldest first; a new one is there only after `listingLagMs`. */
export function listIds(company: Company, filter: ListingFilter): string[] {
  const visibleUntil = company.clock.now() - (company.faults.listingLagMs ?? 0);
  const matches = (instance: Instance): boolean =>
    instance.processCode === filter.processCode &&
    instance.createdAt >= filter.startTime &&
    instance.createdAt <= filter.endTime &&
    instance.createdAt <= visibleUntil &&
    (filter.userIds?.includes(instance.originatorUserId) ?? true) &&
    (filter.statuses?.includes(instance.status) ?? true);
  return [...company.instances.values()].filter(matches).map((instance) => instance.instanceId);
}

/**
 * Checks the window (protocols/dingtalk.md §5): alone, startTime is at most 120 days ago; with an endTime the span is at most
 * 120 days and starts within 365. Throws ApiRefusal invalidInstanceListIdsStartTime or invalidEndTime.
 */
export function checkWindow(startTime: number, endTime: number | null, now: number): void {
  const oldest = now - (endTime === null ? MAX_SPAN_DAYS : MAX_AGE_DAYS) * DAY_MS;
  if (startTime < oldest)
    throw new ApiRefusal(
      'invalidInstanceListIdsStartTime',
      '获取审批实例ID列表，审批实例开始时间超出可查询范围',
    );
  if (endTime !== null && (endTime < startTime || endTime - startTime > MAX_SPAN_DAYS * DAY_MS))
    throw new ApiRefusal(
      'invalidEndTime',
      '获取审批实例ID列表，审批实例结束时间不能小于开始时间；且查询时间范围不能超过120天。',
    );
}

/** `POST /v1.0/workflow/processes/instanceIds/query` (§5): nextToken comes back as text, absent at the end, but is sent as a number. */
export const query: Endpoint = ({ company, body }) => {
  const { processCode, startTime, endTime, nextToken, maxResults, userIds, statuses } = body;
  if (typeof processCode !== 'string' || processCode === '')
    throw new ApiRefusal('invalidProcessCode', '审批模板processCode不能为空');
  if (!isWhole(startTime))
    throw new ApiRefusal('invalidInstanceListIdsStartTime', '获取审批实例ID列表，审批实例开始时间不能为空');
  if (!isWhole(nextToken))
    throw new ApiRefusal('invalidNextToken', '获取审批实例ID列表，分页查询的游标不能为空');
  if (!isWhole(maxResults) || maxResults < 1 || maxResults > MAX_RESULTS)
    throw new ApiRefusal('invalidMaxResults', '获取审批实例ID列表，分页参数非法，每页大小，最多传20。');
  if (!isMissing(endTime) && !isWhole(endTime))
    throw new ApiRefusal('invalidEndTime', '获取审批实例ID列表，结束时间参数非法');
  checkWindow(startTime, isMissing(endTime) ? null : endTime, company.clock.now());
  const page = listIds(company, {
    processCode,
    startTime,
    endTime: isMissing(endTime) ? company.clock.now() : endTime,
    userIds: texts(
      userIds,
      MAX_USERS,
      'invalidUserIds',
      '获取审批实例ID列表，发起userid列表参数非法，最大列表长度为10。',
    ),
    statuses: knownStatuses(statuses),
  });
  const end = nextToken + maxResults;
  const more = end < page.length ? { nextToken: String(end) } : {};
  return { result: { list: page.slice(nextToken, end), ...more }, success: true };
};

const isMissing = (value: unknown): value is undefined | null => value === undefined || value === null;
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function texts(value: unknown, max: number, code: string, message: string): readonly string[] | null {
  if (isMissing(value)) return null;
  if (!Array.isArray(value) || value.length > max || !value.every((entry) => typeof entry === 'string'))
    throw new ApiRefusal(code, message);
  return value.length === 0 ? null : value;
}

function knownStatuses(value: unknown): readonly string[] | null {
  const statuses = texts(value, STATUSES.length, 'internalError', 'statuses参数非法');
  if (statuses?.some((status) => !STATUSES.includes(status as InstanceStatus)))
    throw new ApiRefusal('internalError', `statuses参数非法: ${statuses.join(', ')}`);
  return statuses;
}
