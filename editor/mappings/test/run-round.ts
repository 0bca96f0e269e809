import { STAGES } from '../../../server/contract/stage.ts';
import type { Stage } from '../../../server/contract/stage.ts';
import type { Run } from '../../parts/run-result-run.ts';

/** In this order an approval is opened, looked at and taken back. */
export const CHAIN: readonly Stage[] = ['token', 'create', 'sync', 'revoke'];

/** What one stage hands to the next. */
export interface Handed {
  readonly accessToken?: string;
  /** When the token is no good any more, in milliseconds since 1970. */
  readonly tokenUntil?: number;
  readonly approvalInstanceId?: string;
}

/** `resting`: the provider said "too early", and the stage runs again at `againAt`. `skipped`: an earlier one failed or was cancelled. */
export type StepState = 'waiting' | 'running' | 'resting' | 'passed' | 'failed' | 'cancelled' | 'skipped';

export interface Step {
  readonly stage: Stage;
  readonly state: StepState;
  readonly startedAt?: number;
  readonly againAt?: number;
  /** What the hub answered. */
  readonly run?: Run;
  /** Why there is no answer: an ApiError as a rule. */
  readonly trouble?: unknown;
}

/** One press of a button: a stage, or several, one after another. */
export interface Round {
  readonly steps: readonly Step[];
  readonly handed: Handed;
  /** Whether the calls were real. */
  readonly isLive: boolean;
}

/** A round before its first stage. */
export const newRound = (stages: readonly Stage[], handed: Handed, isLive: boolean): Round => ({
  steps: stages.map((stage) => ({ stage, state: 'waiting' })),
  handed,
  isLive,
});

/** The stage that is under way (running, or resting before it runs again); undefined when none is. */
export const currentStep = (round: Round): Step | undefined =>
  round.steps.find(({ state }) => state === 'running' || state === 'resting');

/** What a stage's answer adds to what is handed on. A token that is about to end is not kept. */
function handOn(handed: Handed, stage: Stage, run: Run, now: number): Handed {
  const result =
    run.ok && typeof run.result === 'object' ? (run.result as Record<string, unknown> | null) : null;
  const { accessToken, expiresIn, approvalInstanceId } = result ?? {};
  if (stage === 'token' && typeof accessToken === 'string' && typeof expiresIn === 'number')
    return { ...handed, accessToken, tokenUntil: now + expiresIn * 1_000 };
  if (stage === 'create' && typeof approvalInstanceId === 'string') return { ...handed, approvalInstanceId };
  return handed;
}

/** Without a token that has ended. */
export function stillGood(handed: Handed, now: number): Handed {
  if (handed.tokenUntil === undefined || handed.tokenUntil > now + 5_000) return handed;
  const { approvalInstanceId } = handed;
  return approvalInstanceId === undefined ? {} : { approvalInstanceId };
}

/** Whether the provider said that the token handed over is none. */
export const blamesToken = (run: Run): boolean => run.error?.provider?.['kind'] === 'token';

/** Whether the provider wants the same call a little later: some lock an approval for seconds after its creation. */
const isTooEarly = (run: Run): boolean => run.error?.provider?.['kind'] === 'tooEarly';

const REST_MS = 5_000;
const MOST_RESTS = 5;

export interface RoundDeps {
  /** Runs one stage. Rejects when the hub did not run it, or when the signal was aborted. */
  readonly send: (stage: Stage, handed: Handed, signal: AbortSignal) => Promise<Run>;
  /** Told of every change, for the page. */
  readonly show: (round: Round) => void;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Resolves after that many milliseconds, or rejects when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Runs the stages of a round one after another, hands on what they answer, and stops at the first that fails.
 * @param patient run a stage again when the provider says "too early"
 * @returns the round as it ended; never rejects
 */
export async function runRound(round: Round, patient: boolean, deps: RoundDeps): Promise<Round> {
  const { send, show, signal, now, wait } = deps;
  let latest = round;
  const replace = (index: number, step: Step, handed = latest.handed): void => {
    latest = { ...latest, steps: latest.steps.with(index, step), handed };
    show(latest);
  };
  const change = (index: number, step: Partial<Step>, handed = latest.handed): void => {
    const before = latest.steps[index];
    if (before !== undefined) replace(index, { ...before, ...step }, handed);
  };
  const skipRest = (index: number): void => {
    const steps = latest.steps.map((each, at): Step => (at > index ? { ...each, state: 'skipped' } : each));
    latest = { ...latest, steps };
    show(latest);
  };

  for (const [index, { stage }] of round.steps.entries()) {
    try {
      const startedAt = now();
      change(index, { state: 'running', startedAt });
      let run = await send(stage, latest.handed, signal);
      for (let rests = 0; patient && isTooEarly(run) && rests < MOST_RESTS; rests++) {
        change(index, { state: 'resting', run, againAt: now() + REST_MS });
        await wait(REST_MS, signal);
        change(index, { state: 'running' });
        run = await send(stage, latest.handed, signal);
      }
      change(index, { state: run.ok ? 'passed' : 'failed', run }, handOn(latest.handed, stage, run, now()));
      if (run.ok) continue;
    } catch (trouble) {
      // Of a stage that was resting, the "too early" of before is no answer.
      replace(index, signal.aborted ? { stage, state: 'cancelled' } : { stage, state: 'failed', trouble });
    }
    skipRest(index);
    break;
  }
  return latest;
}

/** The step that a person wants to see when a round is over: the one that did not pass, else the last. */
export function stepToShow({ steps }: Round): number {
  const stopped = steps.findIndex(({ state }) => state === 'failed' || state === 'cancelled');
  return stopped === -1 ? steps.length - 1 : stopped;
}

/** The step to show while a round runs: the one that ended last, else the first. */
export const stepToFollow = ({ steps }: Round): number =>
  Math.max(
    0,
    steps.findLastIndex(({ state }) => state === 'passed' || state === 'failed' || state === 'cancelled'),
  );

/** Whose script failed: a stage that needs a token fails when the token stage, which the hub runs for it, does. */
export const failedStage = (stage: Stage, run: Run): Stage =>
  STAGES.find((each) => each === run.error?.stage) ?? stage;
