import { countCalls, countedCalls } from '../channels/budget.ts';
import type { Channel } from '../channels/store.ts';
import type { Db } from '../db/database.ts';
import { isGoneMeanwhile } from '../db/violations.ts';
import type { CallContext, RunScripts } from '../executions/scripts.ts';
import type { Execution } from '../executions/stage-run.ts';
import { insertExecution } from '../executions/store.ts';
import type { Log } from '../log.ts';
import type { Observer } from '../metrics.ts';

export interface KeepDeps {
  readonly knex: Db;
  readonly observe: Observer;
  readonly log: Log;
}

/** One finished run: what ran, for whom, with what (masked), and how it ended. */
export interface FinishedRun {
  readonly id: string;
  readonly scripts: RunScripts;
  readonly channel: Channel;
  readonly stage: string;
  readonly context: CallContext;
  readonly input: unknown;
  readonly execution: Execution;
  /** False when a recording answered: then nothing left that counts. */
  readonly live: boolean;
}

/**
 * Stores a run and counts its calls, in one statement. When that fails, the run has happened all the same and its caller needs the
 * outcome: the loss is logged and counted (`execution-lost`), not thrown.
 */
export async function keepRun({ knex, observe, log }: KeepDeps, run: FinishedRun): Promise<void> {
  const { scripts, channel, context, execution } = run;
  const calls = run.live ? countedCalls(channel.provider, execution) : 0;
  observe.stageRan({
    stage: run.stage,
    kind: context.kind,
    code: execution.error?.code ?? 'ok',
    durationMs: execution.durationMs,
  });
  if (calls > 0) observe.providerCalled(channel.id, calls);
  const { poll: isPoll = false, ...rest } = context;
  try {
    const record = {
      ...rest,
      id: run.id,
      stage: run.stage,
      channelId: channel.id,
      mappingId: scripts.mappingId,
      version: scripts.version,
      input: run.input,
      execution,
    };
    const polls = isPoll ? calls : 0;
    await insertExecution(
      knex,
      record,
      calls > 0 ? countCalls(knex, channel.id, { calls, polls }) : undefined,
    );
  } catch (error) {
    // A test of a mapping that was deleted meanwhile would have been deleted with it.
    if (context.kind === 'test' && isGoneMeanwhile(error)) return;
    observe.alarmed('execution-lost');
    log.error(
      { err: error, executionId: run.id, mappingId: scripts.mappingId, stage: run.stage, ...rest },
      'An execution could not be kept.',
    );
  }
}
