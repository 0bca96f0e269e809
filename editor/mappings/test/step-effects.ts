import type { Stage } from '../../../server/contract/stage.ts';
import type { Run, RunFailure } from '../../parts/run-result-run.ts';
import { blamesToken, failedStage } from './run-round.ts';
import type { Handed, Round, Step } from './run-round.ts';

/** An approval that a live test opened and that nobody has taken back from here. */
export interface OpenedApproval {
  readonly id: string;
  /** The script failed behind it. */
  readonly although: boolean;
}

/** What the page does about a stage that has begun or ended. */
export interface StepEffects {
  /** For those who hear the page. */
  readonly tell: (step: Step) => void;
  readonly onFailure: (stage: Stage, failure: RunFailure | undefined) => void;
  readonly onTested: (stage: Stage, ok: boolean) => void;
  readonly keepToken: (token: Handed) => void;
  readonly dropToken: () => void;
  readonly keepInstance: (id: string) => void;
  readonly onOpened: (opened: OpenedApproval | undefined) => void;
  /** A create failed behind its call: the hub knows whether an approval was opened. */
  readonly lookForOpened: (executionId: string) => void;
}

/** The steps whose state has changed from one picture of a round to the next. */
export const changedSteps = (before: Round, after: Round): Step[] =>
  after.steps.filter(({ state }, index) => state !== before.steps[index]?.state);

/** Does all that follows from one step's new state. */
export function actOn(step: Step, { handed, isLive }: Round, effects: StepEffects): void {
  const { stage, state, run } = step;
  effects.tell(step);
  if (state === 'running') effects.onFailure(stage, undefined);
  if ((state !== 'passed' && state !== 'failed') || run === undefined) return;
  const tried = failedStage(stage, run);
  if (run.error !== undefined) effects.onFailure(tried, run.error);
  effects.onTested(tried, run.ok);
  if (stage === 'create' && run.ok && handed.approvalInstanceId !== undefined)
    effects.keepInstance(handed.approvalInstanceId);
  // What recorded answers gave does not exist at the provider.
  if (isLive) actOnLive(stage, run, handed, effects);
}

function actOnLive(stage: Stage, run: Run, handed: Handed, effects: StepEffects): void {
  if (stage === 'token' && run.ok) effects.keepToken(handed);
  if (handed.accessToken !== undefined && blamesToken(run)) effects.dropToken();
  if (stage === 'revoke' && run.ok) effects.onOpened(undefined);
  if (stage !== 'create') return;
  if (run.ok && handed.approvalInstanceId !== undefined)
    effects.onOpened({ id: handed.approvalInstanceId, although: false });
  if (!run.ok && (run.error?.alreadySent ?? []).length > 0) effects.lookForOpened(run.executionId);
}
