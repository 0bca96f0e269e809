import type { ScriptFailure } from '../../server/contract/execution.ts';
import type { Stage, StageResult } from '../../server/contract/stage.ts';
import { completeVariables, type GivenVariables } from '../../server/contract/variables.ts';
import { runStage, type StageChannel, type StageRun } from '../../server/executions/run.ts';
import { loadProvider } from '../../server/providers/provider.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { DEMO_CHANNEL } from '../support/channel.ts';

/** What a stage is run with, beside the provider's server. */
export interface StageInput extends Partial<
  Pick<StageRun, 'accessToken' | 'approvalInstanceId' | 'revokeReason' | 'event' | 'eventType' | 'limits'>
> {
  /** The stage's own text; absent: the provider's default script; "": nothing, so that the client finishes the stage. */
  readonly source?: string;
  readonly variables?: GivenVariables;
  readonly channel?: Partial<StageChannel>;
}

/** How a run ended, with the answer as the engine passes it on and the log's lines. */
export interface StageEnd<Answer = unknown> {
  readonly result: Answer | undefined;
  readonly error: ScriptFailure | undefined;
  readonly logs: string[];
  readonly warnings: readonly string[];
}

export interface ScriptRunner {
  /** Runs one stage against a server that stands in for all of the provider's hosts. */
  run<S extends Stage>(stage: S, base: string, input?: StageInput): Promise<StageEnd<StageResult<S>>>;
  /** Runs a text that uses the client, as part of a sync stage, and answers what it returns. */
  call(base: string, text: string, input?: StageInput): Promise<StageEnd>;
  close(): void;
}

/** A provider's scripts in the real engine: children, isolates, egress. */
export async function startScripts(name: string): Promise<ScriptRunner> {
  const provider = loadProvider(name);
  const sandbox = await Sandbox.start({ clients: { [name]: provider.client }, children: 1, spares: 0 });
  const run = async <S extends Stage>(
    stage: S,
    base: string,
    { source, variables = {}, channel, ...given }: StageInput = {},
  ): Promise<StageEnd<StageResult<S>>> => {
    const { result, execution } = await runStage(sandbox, {
      provider,
      stage,
      source: source ?? provider.stages[stage],
      channel: { ...DEMO_CHANNEL, apiBaseUrl: base, ...channel },
      variables: completeVariables(variables),
      accessToken: 'token-1',
      approvalInstanceId: 'instance-1',
      key: 'test',
      ...given,
    });
    return {
      result: result as StageResult<S> | undefined,
      error: execution.error,
      logs: execution.logs.map((line) => line.message),
      warnings: execution.warnings,
    };
  };
  return {
    run,
    async call(base, text, input) {
      const source = `const answer = await (async () => { ${text} })(); return { status: 'pending', answer };`;
      const end = await run('sync', base, { ...input, source });
      return { ...end, result: end.result?.['answer'] };
    },
    close: () => {
      sandbox.close();
    },
  };
}
