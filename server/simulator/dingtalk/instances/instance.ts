import type { FlowNode } from '../templates.ts';

export type InstanceStatus = 'RUNNING' | 'COMPLETED' | 'TERMINATED';
export type TaskStatus = 'RUNNING' | 'COMPLETED' | 'CANCELED' | 'TERMINATED';
export type TaskResult = 'NONE' | 'AGREE' | 'REFUSE' | 'REDIRECTED';
export type RecordType =
  | 'START_PROCESS_INSTANCE'
  | 'EXECUTE_TASK_NORMAL'
  | 'REDIRECT_TASK'
  | 'TERMINATE_PROCESS_INSTANCE'
  | 'FINISH_PROCESS_INSTANCE'
  | 'ADD_REMARK'
  | 'PROCESS_CC';

/** One control as it was filled in. */
export interface FilledField {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly extValue: string | null;
  readonly componentType: string;
  readonly bizAlias: string;
}

/** One approver's part in one step of the flow. Times are epoch milliseconds. */
export interface Task {
  readonly taskId: number;
  /** Index of the step in `nodes`. */
  readonly node: number;
  readonly userId: string;
  readonly status: TaskStatus;
  readonly result: TaskResult;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

export interface OperationRecord {
  readonly userId: string;
  readonly at: number;
  readonly type: RecordType;
  readonly result: 'AGREE' | 'REFUSE' | 'REDIRECTED' | 'NONE';
  readonly remark: string | null;
  /** Index of the step; null for what belongs to none (start, end, comment). */
  readonly node: number | null;
  readonly ccUserIds: readonly string[];
}

/** One approval at the simulated DingTalk; never changed in place (see steps.ts). */
export interface Instance {
  readonly instanceId: string;
  readonly businessId: string;
  readonly processCode: string;
  readonly title: string;
  readonly originatorUserId: string;
  /** As the workflow API spells it: the root is -1. */
  readonly originatorDeptId: number;
  readonly form: readonly FilledField[];
  readonly nodes: readonly FlowNode[];
  readonly cc: { readonly userIds: readonly string[]; readonly atStart: boolean; readonly atFinish: boolean };
  readonly status: InstanceStatus;
  /** "" while running and after a revoke (protocols/dingtalk.md §4). */
  readonly result: 'agree' | 'refuse' | '';
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly tasks: readonly Task[];
  readonly records: readonly OperationRecord[];
}

/** What DingTalk tells the world about one change, in the order in which it came about (protocols/dingtalk.md §8). */
export type Happening =
  | { readonly about: 'instance'; readonly type: 'start' | 'finish' | 'terminate' }
  | {
      readonly about: 'task';
      readonly type: 'start' | 'finish' | 'cancel' | 'comment';
      readonly task: Task;
      readonly staffId: string;
      readonly result?: 'agree' | 'refuse' | 'redirect';
      readonly remark?: string;
    };

export const activityId = (node: number): string => `activity_${String(node + 1).padStart(4, '0')}`;
