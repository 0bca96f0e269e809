import type { CreateAnswer, StageEnd } from '../executions/scripts.ts';
import type { StageOutcome } from '../executions/stage-run.ts';
import type { LeavingCall } from '../sandbox/egress.ts';
import { createMask } from '../sandbox/mask.ts';

type ReadCreateAnswer = (answer: { url: string; status: number; body: string }) => CreateAnswer;

/**
 * What became of a run's create call, judged by what came over the wire.
 * @param announced the create call that the egress announced before it left; undefined when the run made none
 * @param outcome of a run that kept its exchanges (`record: true`)
 * @returns null when no create call left; `answer` null when one may have left and no answer came
 */
export function judgeCreate(
  announced: LeavingCall | undefined,
  outcome: StageOutcome,
  readCreateAnswer: ReadCreateAnswer,
): StageEnd['creates'] {
  if (announced === undefined) return null;
  const answered = outcome.exchanges.find(
    ({ method, url, requestBody = null }) =>
      method === announced.method && url === announced.url && requestBody === announced.body,
  );
  if (answered !== undefined) {
    const { url, status, body } = answered;
    return { answer: readCreateAnswer({ url, status, body }) };
  }
  return knownNotToHaveLeft(announced, outcome) ? null : { answer: null };
}

/** A failed run names all changing calls that left (masked, as everything in it), so one that it does not name stayed here. */
function knownNotToHaveLeft({ method, url }: LeavingCall, { execution, secrets }: StageOutcome): boolean {
  if (execution.error === undefined) return false;
  const shown = createMask(secrets).value(`${method} ${url}`);
  return !(execution.error.alreadySent ?? []).includes(shown);
}
