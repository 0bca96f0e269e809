import { z } from 'zod';
import {
  looked,
  revokeTask,
  submitTask,
  submitted,
  task,
  taskFilters,
  taskSummary,
} from '../contract/task.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Caller, Endpoint } from '../http/endpoint.ts';
import { listOf, paging } from '../http/paging.ts';
import { askRevoke } from './ask-revoke.ts';
import type { TaskDeps, Who } from './deps.ts';
import { lookAtTask } from './look.ts';
import { readTask, readTasks } from './read.ts';
import { retryTask } from './retry.ts';
import { createSubmit } from './submit.ts';
import { syncTask } from './sync-now.ts';

const params = z.object({ taskId: z.string().describe("The platform's id of the task, percent-encoded.") });
const tag = 'tasks';

const EXAMPLE = {
  taskId: 'T-2026-1182',
  taskType: 'SQL task',
  taskSubtype: 'Suggested improvement',
  variables: { TASK_NAME: 'Add index idx_created_at to orders', REASON: 'The list of orders is slow' },
};

/** HTTP for tasks. */
export function taskRoutes(deps: TaskDeps): Endpoint[] {
  const submit = createSubmit(deps);
  const who = (request: { caller: Caller; requestId: string }): Who => ({
    by: request.caller.name,
    requestId: request.requestId,
  });

  return [
    endpoint({
      ...{ method: 'post', path: '/tasks', role: 'submitter', tag, body: submitTask },
      summary: 'Submit a task',
      description:
        'The same taskId again with the same type, subtype and variables (an absent variable is "") answers 200 with the task as it ' +
        'stands; with different ones 409.',
      answers: {
        202: { description: 'Accepted: its approval will be opened.', schema: submitted },
        200: { description: 'It was submitted before.', schema: task },
      },
      example: { body: EXAMPLE, answer: { taskId: EXAMPLE.taskId, status: 'submitted' } },
      async handle({ body, caller }) {
        const { isNew, status } = await submit(body, caller.name);
        if (isNew) return { status: 202, body: { taskId: body.taskId, status } };
        return { status: 200, body: await readTask(deps, body.taskId) };
      },
    }),
    endpoint({
      ...{
        method: 'get',
        path: '/tasks',
        role: 'viewer',
        tag,
        query: z.object({ ...taskFilters, ...paging }),
      },
      summary: 'List tasks, newest first',
      answers: { 200: { description: 'A page of tasks.', schema: listOf(taskSummary) } },
      async handle({ query: { limit, cursor, ...filter } }) {
        return { status: 200, body: await readTasks(deps, filter, { limit, cursor }) };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/tasks/:taskId', role: 'viewer', tag, params },
      summary: 'Show a task with its approval and timeline',
      answers: { 200: { description: 'The task.', schema: task } },
      handle: async ({ params: { taskId } }) => ({ status: 200, body: await readTask(deps, taskId) }),
    }),
    endpoint({
      ...{ method: 'post', path: '/tasks/:taskId/revoke', role: 'submitter', tag, params },
      ...{ body: revokeTask, bodyOptional: true },
      summary: 'Take a task back',
      description:
        'Before its create call left, the task is revoked at once. After that it stays pending until the provider agrees; the timeline ' +
        'shows the request. Repeating it changes nothing.',
      answers: { 202: { description: 'Noted.', schema: submitted } },
      example: {
        body: { reason: 'Submitted by mistake' },
        answer: { taskId: EXAMPLE.taskId, status: 'pending' },
      },
      async handle(request) {
        const { taskId } = request.params;
        // An optional body that was left out.
        const reason = (request.body as typeof request.body | undefined)?.reason ?? '';
        return { status: 202, body: { taskId, ...(await askRevoke(deps, taskId, reason, who(request))) } };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/tasks/:taskId/sync', role: 'submitter', tag, params },
      summary: "Ask the provider where a task's approval stands",
      answers: { 200: { description: 'The task as the provider says.', schema: task } },
      async handle({ params: { taskId }, caller, signal }) {
        await syncTask(deps, taskId, { signal, runBy: caller.name });
        return { status: 200, body: await readTask(deps, taskId) };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/tasks/:taskId/look', role: 'viewer', tag, params },
      summary: 'Say that somebody reads of a task whose approval is pending',
      description:
        "Has the hub's own next look at the provider come at once when the provider was never asked, or events came since, and less than " +
        'half of the calls that the channel may use for looking is used up. However many read, it looks once; never more often than every 30 s.',
      answers: { 202: { description: 'Whether the provider is about to be asked.', schema: looked } },
      example: { answer: { taskId: EXAMPLE.taskId, asked: true } },
      async handle({ params: { taskId } }) {
        return { status: 202, body: { taskId, asked: await lookAtTask(deps, taskId) } };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/tasks/:taskId/retry', role: 'submitter', tag, params },
      summary: 'Try a failed task again',
      description: 'By the mapping that is bound to its type now, in its published version.',
      answers: { 202: { description: 'It will be tried.', schema: submitted } },
      async handle(request) {
        const { taskId } = request.params;
        return { status: 202, body: { taskId, ...(await retryTask(deps, taskId, who(request))) } };
      },
    }),
  ];
}
