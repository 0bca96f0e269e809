import { afterAll } from 'vitest';
import type { ErrorCode } from '../../server/contract/execution.ts';
import type { Stage, StageResult } from '../../server/contract/stage.ts';
import { completeVariables } from '../../server/contract/variables.ts';
import { runStage } from '../../server/executions/run.ts';
import type { Execution, StageChannel, StageOutcome, StageRun } from '../../server/executions/run.ts';
import { loadProvider } from '../../server/providers/provider.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import type { SandboxSettings } from '../../server/sandbox/pool.ts';
import { DEMO_CHANNEL } from '../support/channel.ts';

type RunInput = Partial<Omit<StageRun, 'channel' | 'provider' | 'source'>> & {
  readonly channel?: Partial<StageChannel>;
};

/** How an attack ended, with the parts that most tests ask for. */
export interface End {
  readonly outcome: StageOutcome;
  readonly execution: Execution;
  /** The error's code, or "ok". */
  readonly code: ErrorCode | 'ok';
  readonly message: string;
  /** What the script put beside its status: `return { status: 'pending', answer }`. */
  readonly answer: unknown;
  readonly logs: readonly string[];
}

export interface Engine {
  readonly sandbox: Sandbox;
  /** Runs a whole script, as a sync stage unless told otherwise. */
  readonly run: (source: string, input?: RunInput) => Promise<End>;
  /** Runs statements that end in `return`, and gives what they return as `answer`. */
  readonly ask: (text: string, input?: RunInput) => Promise<End>;
}

/** Patient enough for two busy cores, short enough for a table of endless loops. */
const LIMITS = { cpuMs: 200, wallMs: 5_000 };

/** What a script answers that has nothing to say. */
export const QUIET = "return { status: 'pending' };";

/** The real engine, with one child unless told otherwise. It ends with the test file. */
export async function startEngine(settings: Partial<SandboxSettings> = {}): Promise<Engine> {
  const provider = loadProvider('dingtalk');
  const clients = { [provider.name]: provider.client };
  const sandbox = await Sandbox.start({ clients, children: 1, spares: 1, ...settings });
  afterAll(() => sandbox.close());

  const run: Engine['run'] = async (source, { channel, limits, ...input } = {}) => {
    const outcome = await runStage(sandbox, {
      provider,
      stage: 'sync' satisfies Stage,
      source,
      channel: { ...DEMO_CHANNEL, ...channel },
      variables: completeVariables({}),
      key: 'attacker',
      limits: { ...LIMITS, ...limits },
      ...input,
    });
    const { execution } = outcome;
    return {
      outcome,
      execution,
      code: execution.error?.code ?? 'ok',
      message: execution.error?.message ?? '',
      answer: (outcome.result as StageResult<'sync'> | undefined)?.['answer'],
      logs: execution.logs.map((line) => line.message),
    };
  };
  return {
    sandbox,
    run,
    ask: (text, input) =>
      run(`const answer = await (async () => { ${text} })(); return { status: 'pending', answer };`, input),
  };
}

/** Resolves once `holds` does; looks again every few milliseconds, and leaves it to the test's own limit to give up. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setTimeout(next, 5));
}
