import type { Happening, Instance, OperationRecord, RecordType, Task } from './instance.ts';

/**
 * The instance's state machine, pure: each step takes an instance and answers the next one and what happened.
 * A finished instance takes no step any more, so it has one outcome and one closing event.
 */

export interface Step {
  readonly instance: Instance;
  readonly happenings: readonly Happening[];
}

/** Why a step cannot be taken. */
export type StepFault = 'finished' | 'no-such-task' | 'not-your-task' | 'not-the-originator' | 'same-person';

export class StepRefused extends Error {
  override readonly name = 'StepRefused';
  readonly fault: StepFault;
  constructor(fault: StepFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Gives each new task its number. */
export type NextTaskId = () => number;

/** Who acts on which task, when (epoch milliseconds), saying what. */
export interface Act {
  readonly taskId: number;
  readonly userId: string;
  readonly at: number;
  readonly remark: string | null;
}

/** An instance before its first step: no task, no record yet. */
export type Draft = Omit<Instance, 'status' | 'result' | 'finishedAt' | 'tasks' | 'records'>;

/** Opens the instance: its first step's approvers get their tasks. */
export function open(draft: Draft, nextTaskId: NextTaskId): Step {
  const at = draft.createdAt;
  const records = [
    record(draft.originatorUserId, at, 'START_PROCESS_INSTANCE'),
    ...(draft.cc.atStart ? [copyRecord(draft, at)] : []),
  ];
  const instance: Instance = {
    ...draft,
    status: 'RUNNING',
    result: '',
    finishedAt: null,
    tasks: [],
    records,
  };
  const entered = enterNode(instance, 0, at, nextTaskId);
  return {
    instance: entered.instance,
    happenings: [{ about: 'instance', type: 'start' }, ...entered.happenings],
  };
}

/** One approver agrees. AND waits for all of its step, OR closes the others' tasks; the last step's agreement finishes the instance. */
export function agree(before: Instance, act: Act, nextTaskId: NextTaskId): Step {
  const decided = decide(before, act, 'AGREE');
  const { node } = decided.task;
  const open = decided.instance.tasks.filter((task) => task.node === node && task.status === 'RUNNING');
  const waitsForOthers = before.nodes[node]?.actionType === 'AND' && open.length > 0;
  if (waitsForOthers) return decided;
  const closed = closeTasks(decided.instance, 'CANCELED', act.at);
  const happenings = [...decided.happenings, ...closed.happenings];
  const next =
    node + 1 < before.nodes.length
      ? enterNode(closed.instance, node + 1, act.at, nextTaskId)
      : finish(closed.instance, 'agree', act);
  return { instance: next.instance, happenings: [...happenings, ...next.happenings] };
}

/** One approver refuses: the whole instance is refused, whatever the others would have said. */
export function refuse(before: Instance, act: Act): Step {
  const decided = decide(before, act, 'REFUSE');
  // Whether DingTalk calls the others' tasks CANCELED or TERMINATED here is unconfirmed (§14 item 3).
  const closed = closeTasks(decided.instance, 'CANCELED', act.at);
  const finished = finish(closed.instance, 'refuse', act);
  return {
    instance: finished.instance,
    happenings: [...decided.happenings, ...closed.happenings, ...finished.happenings],
  };
}

/** One approver hands the task to somebody else, who gets a new task in the same step (§14 item 4). */
export function redirect(before: Instance, act: Act, toUserId: string, nextTaskId: NextTaskId): Step {
  const task = runningTask(before, act);
  if (toUserId === act.userId)
    throw new StepRefused('same-person', 'a task cannot be handed to the one who has it');
  const done: Task = { ...task, status: 'COMPLETED', result: 'REDIRECTED', finishedAt: act.at };
  const handed = newTask(task.node, toUserId, act.at, nextTaskId);
  const tasks = [...before.tasks.map((known) => (known === task ? done : known)), handed];
  const records = [
    ...before.records,
    record(act.userId, act.at, 'REDIRECT_TASK', 'NONE', act.remark, task.node),
  ];
  return {
    instance: { ...before, tasks, records },
    happenings: [
      {
        about: 'task',
        type: 'finish',
        task: done,
        staffId: act.userId,
        result: 'redirect',
        remark: act.remark ?? '',
      },
      { about: 'task', type: 'start', task: handed, staffId: toUserId },
    ],
  };
}

/** Anybody says something; nothing is decided by it. `task` is the one the comment is shown at. */
export function comment(before: Instance, userId: string, at: number, remark: string): Step {
  assertRunning(before);
  const records = [...before.records, record(userId, at, 'ADD_REMARK', 'NONE', remark)];
  const task = before.tasks.find((known) => known.status === 'RUNNING');
  const instance = { ...before, records };
  return {
    instance,
    happenings: task ? [{ about: 'task', type: 'comment', task, staffId: userId, remark }] : [],
  };
}

/** The originator (or, with `userId` null, the system) takes the instance back: no result, all open tasks end. */
export function terminate(before: Instance, userId: string | null, at: number, remark: string | null): Step {
  assertRunning(before);
  if (userId !== null && userId !== before.originatorUserId)
    throw new StepRefused(
      'not-the-originator',
      `only ${before.originatorUserId}, who opened it, can withdraw it`,
    );
  const closed = closeTasks(before, 'TERMINATED', at).instance;
  const ended = record(before.originatorUserId, at, 'TERMINATE_PROCESS_INSTANCE', 'NONE', remark);
  return {
    instance: { ...closed, status: 'TERMINATED', finishedAt: at, records: [...closed.records, ended] },
    happenings: [{ about: 'instance', type: 'terminate' }],
  };
}

/** The task of whoever is next: the first open one, or the first of `userId`. Throws StepRefused. */
export function nextTask(instance: Instance, userId: string | null): Task {
  assertRunning(instance);
  const open = instance.tasks.filter((task) => task.status === 'RUNNING');
  const task = open.find((candidate) => userId === null || candidate.userId === userId);
  const waiting = open.map((candidate) => candidate.userId).join(', ');
  if (!task)
    throw new StepRefused(
      'not-your-task',
      `${userId ?? 'nobody'} has no open task here; waiting for ${waiting}`,
    );
  return task;
}

function assertRunning(instance: Instance): void {
  if (instance.status !== 'RUNNING')
    throw new StepRefused(
      'finished',
      `the approval is finished: ${instance.status} ${instance.result}`.trim(),
    );
}

function runningTask(instance: Instance, act: Act): Task {
  assertRunning(instance);
  const task = instance.tasks.find((candidate) => candidate.taskId === act.taskId);
  if (task?.status !== 'RUNNING')
    throw new StepRefused('no-such-task', `task ${act.taskId} is not open here`);
  if (task.userId !== act.userId)
    throw new StepRefused('not-your-task', `task ${act.taskId} is ${task.userId}'s`);
  return task;
}

function decide(before: Instance, act: Act, result: 'AGREE' | 'REFUSE'): Step & { readonly task: Task } {
  const task = runningTask(before, act);
  const done: Task = { ...task, status: 'COMPLETED', result, finishedAt: act.at };
  const word = result === 'AGREE' ? 'agree' : 'refuse';
  return {
    task: done,
    instance: {
      ...before,
      tasks: before.tasks.map((known) => (known === task ? done : known)),
      records: [
        ...before.records,
        record(act.userId, act.at, 'EXECUTE_TASK_NORMAL', result, act.remark, task.node),
      ],
    },
    happenings: [
      {
        about: 'task',
        type: 'finish',
        task: done,
        staffId: act.userId,
        result: word,
        remark: act.remark ?? '',
      },
    ],
  };
}

function enterNode(instance: Instance, node: number, at: number, nextTaskId: NextTaskId): Step {
  const userIds = instance.nodes[node]?.userIds ?? [];
  const started = userIds.map((userId) => newTask(node, userId, at, nextTaskId));
  return {
    instance: { ...instance, tasks: [...instance.tasks, ...started] },
    happenings: started.map((task) => ({ about: 'task', type: 'start', task, staffId: task.userId })),
  };
}

function closeTasks(instance: Instance, status: 'CANCELED' | 'TERMINATED', at: number): Step {
  const closed = new Map<Task, Task>();
  for (const task of instance.tasks)
    if (task.status === 'RUNNING') closed.set(task, { ...task, status, finishedAt: at });
  return {
    instance: { ...instance, tasks: instance.tasks.map((task) => closed.get(task) ?? task) },
    happenings: [...closed.values()].map((task) => ({
      about: 'task',
      type: 'cancel',
      task,
      staffId: task.userId,
    })),
  };
}

function finish(instance: Instance, result: 'agree' | 'refuse', act: Act): Step {
  const ending = record(
    act.userId,
    act.at,
    'FINISH_PROCESS_INSTANCE',
    result === 'agree' ? 'AGREE' : 'REFUSE',
  );
  const copies = instance.cc.atFinish ? [copyRecord(instance, act.at)] : [];
  return {
    instance: {
      ...instance,
      status: 'COMPLETED',
      result,
      finishedAt: act.at,
      records: [...instance.records, ending, ...copies],
    },
    happenings: [{ about: 'instance', type: 'finish' }],
  };
}

function newTask(node: number, userId: string, at: number, nextTaskId: NextTaskId): Task {
  return {
    taskId: nextTaskId(),
    node,
    userId,
    status: 'RUNNING',
    result: 'NONE',
    createdAt: at,
    finishedAt: null,
  };
}

function record(
  userId: string,
  at: number,
  type: RecordType,
  result: OperationRecord['result'] = 'NONE',
  remark: string | null = null,
  node: number | null = null,
): OperationRecord {
  return { userId, at, type, result, remark, node, ccUserIds: [] };
}

function copyRecord(instance: Draft, at: number): OperationRecord {
  return { ...record(instance.originatorUserId, at, 'PROCESS_CC'), ccUserIds: instance.cc.userIds };
}
