import type { z } from 'zod';
import type { executionDetail, executionHead } from '../contract/execution-answers.ts';
import type { ErrorCode } from '../contract/execution.ts';
import type { ExecutionRow } from '../db/tables.ts';
import type { ExecutionHead, OpenedByTest } from './store.ts';

type HeadAnswer = z.infer<typeof executionHead>;
type DetailAnswer = z.infer<typeof executionDetail>;

/** An execution as lists show it. */
export function showHead(row: ExecutionHead): HeadAnswer {
  const { error_code: code, error_message: message } = row;
  return {
    ...factsOf(row),
    ...(code === null ? {} : { error: { code: code as ErrorCode, message: message ?? '' } }),
  };
}

/** An execution in full. It was masked when it was stored. */
export function showExecution(
  row: ExecutionHead & Pick<ExecutionRow, 'input' | 'execution'>,
  opened: OpenedByTest | undefined,
): DetailAnswer {
  const run = row.execution as Pick<
    DetailAnswer,
    'result' | 'error' | 'warnings' | 'logs' | 'http' | 'prepared'
  >;
  return {
    ...factsOf(row),
    ...run,
    input: row.input,
    ...(opened === undefined ? {} : { approvalInstanceId: opened.approvalInstanceId }),
    events: (opened?.events ?? []).map(({ id, type, received_at, payload }) => ({
      ...{ id, type, payload },
      receivedAt: received_at.toISOString(),
    })),
  };
}

function factsOf(row: ExecutionHead): Omit<HeadAnswer, 'error'> {
  return {
    id: row.id,
    executionId: row.id,
    kind: row.kind,
    stage: row.stage as HeadAnswer['stage'],
    channelId: row.channel_id,
    mappingId: row.mapping_id,
    version: row.version,
    taskId: row.task_id,
    eventId: row.event_id,
    runBy: row.run_by,
    startedAt: row.started_at.toISOString(),
    ok: row.ok,
    durationMs: row.duration_ms,
    cpuMs: row.cpu_ms,
    memoryBytes: Number(row.memory_bytes),
  };
}
