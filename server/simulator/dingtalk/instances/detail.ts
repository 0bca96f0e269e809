import { activityId, type Instance, type OperationRecord, type Task } from './instance.ts';
import { minuteTime, secondTime } from './ids.ts';

const RECORD_NAMES: Readonly<Record<OperationRecord['type'], string>> = {
  START_PROCESS_INSTANCE: '发起审批',
  EXECUTE_TASK_NORMAL: '审批人',
  REDIRECT_TASK: '转交',
  TERMINATE_PROCESS_INSTANCE: '撤销审批',
  FINISH_PROCESS_INSTANCE: '审批结束',
  ADD_REMARK: '添加评论',
  PROCESS_CC: '抄送人',
};

/** Where a person opens the approval (or one of its tasks) in DingTalk. */
export function approvalUrl(instanceId: string, corpId: string, taskId: number | '' = ''): string {
  const query = `corpid=${corpId}&procInstId=${instanceId}&taskId=${taskId}&dinghash=approval`;
  return `https://aflow.dingtalk.com/dingtalk/mobile/homepage.htm?${query}#approval`;
}

const approvers = (instance: Instance): string[] => [...new Set(instance.tasks.map((task) => task.userId))];

/** `result` of the new family's detail call (protocols/dingtalk.md §4): finishTime only when finished, false-Z minutes. */
export function newDetail(instance: Instance, corpId: string, deptName: string): Record<string, unknown> {
  return {
    title: instance.title,
    createTime: minuteTime(instance.createdAt),
    ...(instance.finishedAt === null ? {} : { finishTime: minuteTime(instance.finishedAt) }),
    originatorUserId: instance.originatorUserId,
    originatorDeptId: String(instance.originatorDeptId),
    originatorDeptName: deptName,
    status: instance.status,
    result: instance.result,
    businessId: instance.businessId,
    approverUserIds: approvers(instance),
    ccUserIds: instance.cc.userIds,
    bizAction: 'NONE',
    bizData: '{}',
    attachedProcessInstanceIds: [],
    formComponentValues: instance.form.map(({ extValue, ...field }) => ({
      ...field,
      ...(extValue === null ? {} : { extValue }),
    })),
    operationRecords: instance.records.map((entry) => ({
      userId: entry.userId,
      date: minuteTime(entry.at),
      type: entry.type,
      result: entry.result,
      showName: RECORD_NAMES[entry.type],
      attachments: [],
      images: [],
      ...(entry.remark === null ? {} : { remark: entry.remark }),
      ...(entry.node === null ? {} : { activityId: activityId(entry.node) }),
      ...(entry.ccUserIds.length === 0 ? {} : { ccUserIds: entry.ccUserIds }),
    })),
    tasks: instance.tasks.map((task) => newTask(instance, task, corpId)),
  };
}

function newTask(instance: Instance, task: Task, corpId: string): Record<string, unknown> {
  return {
    taskId: task.taskId,
    userId: task.userId,
    status: task.status,
    result: task.result,
    createTime: minuteTime(task.createdAt),
    ...(task.finishedAt === null ? {} : { finishTime: minuteTime(task.finishedAt) }),
    activityId: activityId(task.node),
    mobileUrl: approvalUrl(instance.instanceId, corpId, task.taskId),
    pcUrl: approvalUrl(instance.instanceId, corpId, task.taskId),
    processInstanceId: instance.instanceId,
  };
}

/** `process_instance` of the old family's detail call (§4 "Legacy"): snake_case, seconds, UTC+8. */
export function oldDetail(instance: Instance, corpId: string, deptName: string): Record<string, unknown> {
  return {
    title: instance.title,
    create_time: secondTime(instance.createdAt),
    ...(instance.finishedAt === null ? {} : { finish_time: secondTime(instance.finishedAt) }),
    originator_userid: instance.originatorUserId,
    originator_dept_id: String(instance.originatorDeptId),
    originator_dept_name: deptName,
    status: instance.status,
    result: instance.result,
    business_id: instance.businessId,
    biz_action: 'NONE',
    cc_userids: instance.cc.userIds,
    attached_process_instance_ids: [],
    form_component_values: instance.form.map((field) => ({
      id: field.id,
      name: field.name,
      value: field.value,
      component_type: field.componentType,
      ...(field.extValue === null ? {} : { ext_value: field.extValue }),
    })),
    operation_records: instance.records.map((entry) => ({
      userid: entry.userId,
      date: secondTime(entry.at),
      operation_type: entry.type,
      operation_result: entry.result,
      ...(entry.remark === null ? {} : { remark: entry.remark }),
    })),
    tasks: instance.tasks.map((task) => ({
      userid: task.userId,
      task_status: task.status,
      task_result: task.result,
      create_time: secondTime(task.createdAt),
      ...(task.finishedAt === null ? {} : { finish_time: secondTime(task.finishedAt) }),
      taskid: String(task.taskId),
      activity_id: activityId(task.node),
      url: approvalUrl(instance.instanceId, corpId, task.taskId),
    })),
  };
}
