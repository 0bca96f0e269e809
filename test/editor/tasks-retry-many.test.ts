import { describe, expect, it } from 'vitest';
import type { TaskSummary } from '../../server/contract/task.ts';
import { isSureToRetry, reasonsOf, retryInTurn } from '../../editor/tasks/retry-many.ts';

const failed = (taskId: string, code: string): TaskSummary => ({
  ...{ taskId, taskType: 'SQL task', taskSubtype: null, status: 'failed', taskName: '', submitter: '' },
  ...{ submittedBy: '', createdAt: '', updatedAt: '', reason: { code, message: '' } },
});

describe('many failed tasks', () => {
  it('are retried but those whose first call may have opened an approval', () => {
    const tasks = [
      failed('T-1', 'HTTP_ERROR'),
      failed('T-2', 'CREATE_UNKNOWN'),
      failed('T-3', 'SCRIPT_ERROR'),
    ];
    expect(tasks.filter(isSureToRetry).map(({ taskId }) => taskId)).toEqual(['T-1', 'T-3']);
    expect(isSureToRetry({ ...failed('T-4', 'HTTP_ERROR'), status: 'pending' })).toBe(false);
  });

  it('are told apart by what they failed of, the most frequent first', () => {
    const tasks = [failed('T-1', 'SCRIPT_ERROR'), failed('T-2', 'HTTP_ERROR'), failed('T-3', 'HTTP_ERROR')];
    expect(reasonsOf(tasks)).toEqual([
      ['HTTP_ERROR', 2],
      ['SCRIPT_ERROR', 1],
    ]);
  });

  it('go on when one is refused, and stop when somebody says so', async () => {
    const stopping = new AbortController();
    const tried: string[] = [];
    const failures = await retryInTurn(
      ['T-1', 'T-2', 'T-3'].map((id) => failed(id, 'HTTP_ERROR')),
      {
        retry({ taskId }) {
          tried.push(taskId);
          if (taskId === 'T-2') stopping.abort();
          return taskId === 'T-1' ? Promise.reject(new Error('No binding.')) : Promise.resolve();
        },
        tell: () => undefined,
        signal: stopping.signal,
      },
    );
    expect(failures).toEqual([{ taskId: 'T-1', why: 'No binding.' }]);
    expect(tried).toEqual(['T-1', 'T-2']);
  });
});
