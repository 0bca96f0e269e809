import { expect, vi } from 'vitest';
import type { Editor } from './support.ts';

/** A list as the API answers. */
interface Items<T> {
  readonly items: readonly T[];
}

/** What GET /tasks/:taskId shows, as far as these tests look. */
export interface ShownTask {
  readonly status: string;
  readonly approval: { readonly approvalInstanceId: string } | null;
}

type Hub = Pick<Editor, 'api' | 'control'>;

/** Submits a task as the platform does. */
export async function submit(
  { api }: Pick<Hub, 'api'>,
  taskId: string,
  { taskType = 'SQL task', ...variables }: Readonly<Record<string, string>> = {},
): Promise<void> {
  const given = {
    TASK_NAME: `Add the index of ${taskId} to the orders`,
    SUBMITTER: 'Li Lei',
    SUBMITER_PHONE: '13800000000',
  };
  const answer = await api('POST', '/tasks', {
    ...{ taskId, taskType, variables: { ...given, TASK_ID: taskId, ...variables } },
  });
  // 200: a test that is tried once more submitted it before.
  expect([200, 202]).toContain(answer.status);
}

/** Waits until a task has a status. */
export const becomes = ({ api }: Pick<Hub, 'api'>, taskId: string, status: string): Promise<ShownTask> =>
  vi.waitFor(
    async () => {
      const { body } = await api('GET', `/tasks/${taskId}`);
      expect(body).toMatchObject({ status });
      return body as ShownTask;
    },
    { timeout: 60_000, interval: 50 },
  );

/** Decides a pending task's approval at the simulator, as its approver. */
export async function decide(
  { api, control }: Hub,
  taskId: string,
  action: 'approve' | 'refuse',
  remark: string,
): Promise<void> {
  const { body } = await api('GET', `/tasks/${taskId}`);
  const id = (body as ShownTask).approval?.approvalInstanceId ?? '';
  expect(await control('POST', `/instances/${id}/${action}`, { remark })).toMatchObject({ status: 201 });
}

/** The newest one of a list of the API. */
export async function newest({ api }: Pick<Hub, 'api'>, list: string): Promise<string> {
  const { body } = await api('GET', list);
  return (body as Items<{ id: string }>).items[0]?.id ?? expect.fail(`There is nothing in ${list}.`);
}

/** Saves a stage of a mapping and publishes it. */
export async function publish(
  { api }: Pick<Hub, 'api'>,
  mappingId: string,
  stage: string,
  source: string,
): Promise<void> {
  const saved = await api('PUT', `/mappings/${mappingId}/draft/${stage}`, { source });
  expect(saved).toMatchObject({ status: 200 });
  expect(await api('POST', `/mappings/${mappingId}/publish`, {})).toMatchObject({ status: 201 });
}
