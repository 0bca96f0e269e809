import type { Company } from '../company.ts';
import type { Instance } from '../instances/instance.ts';
import {
  agree,
  comment,
  nextTask,
  redirect,
  refuse,
  StepRefused,
  terminate,
  type Act,
  type Step,
} from '../instances/steps.ts';
import { ControlProblem } from '../refusals.ts';
import { object, text, type Read } from './read.ts';

/** What a person can do with an instance (docs/simulator.md). */
export const DECISIONS = ['approve', 'refuse', 'redirect', 'withdraw', 'comment'] as const;
export type Decision = (typeof DECISIONS)[number];

const id = text(1, 100);
const readDecision: Read<{ userId?: string; remark?: string; toUserId?: string }> = object(
  {},
  { userId: id, remark: text(0, 1024), toUserId: id },
);

/**
 * Takes a person's decision: the instance after it; its events follow. Without a userId whoever is next decides, a withdrawal is the originator's.
 * Throws ControlProblem: 404 no such instance, 400 bad input or an unknown user, 409 when the step cannot be taken any more or by that user.
 */
export function decide(company: Company, instanceId: string, decision: Decision, body: unknown): Instance {
  const { userId, remark, toUserId } = readDecision(body, '');
  const instance = company.instances.get(instanceId);
  if (!instance) throw new ControlProblem(404, 'NOT_FOUND', `there is no instance ${instanceId}`);
  for (const [name, given] of Object.entries({ userId, toUserId }))
    if (given !== undefined && !company.people.byId(given))
      throw new ControlProblem(400, 'INVALID_INPUT', `${name}: there is no user ${given}`);
  if (decision === 'redirect' && toUserId === undefined)
    throw new ControlProblem(400, 'INVALID_INPUT', 'toUserId is missing: who gets the task?');
  // A blank remark is none: nobody said anything.
  const said = remark === undefined || remark.trim() === '' ? null : remark;
  if (decision === 'comment' && said === null)
    throw new ControlProblem(400, 'INVALID_INPUT', 'remark is missing: what does the comment say?');
  try {
    return company.take(step(company, instance, decision, userId ?? null, said, toUserId ?? ''));
  } catch (error) {
    if (error instanceof StepRefused)
      throw new ControlProblem(409, error.fault === 'finished' ? 'FINISHED' : 'NOT_ALLOWED', error.message);
    throw error;
  }
}

function step(
  company: Company,
  instance: Instance,
  decision: Decision,
  userId: string | null,
  remark: string | null,
  toUserId: string,
): Step {
  const at = company.clock.now();
  const act = (): Act => {
    const task = nextTask(instance, userId);
    return { taskId: task.taskId, userId: task.userId, at, remark };
  };
  switch (decision) {
    case 'approve':
      return agree(instance, act(), company.nextTaskId);
    case 'refuse':
      return refuse(instance, act());
    case 'redirect':
      return redirect(instance, act(), toUserId, company.nextTaskId);
    case 'withdraw':
      return terminate(instance, userId ?? instance.originatorUserId, at, remark);
    case 'comment':
      return comment(instance, userId ?? nextTask(instance, null).userId, at, remark ?? '');
  }
}
