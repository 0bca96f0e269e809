import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../server/contract/stage.ts';
import { call } from '../../api/client.ts';
import { refresh } from '../../api/queries.ts';
import { useHubWords } from '../../parts/hub-words.tsx';
import { showTrouble } from '../../parts/notify.ts';
import type { Run, RunFailure } from '../../parts/run-result-run.ts';
import type { ExecutionDetail } from './answers.ts';
import { testBody, troubleOf } from './inputs.ts';
import type { Inputs, InputTrouble } from './inputs.ts';
import { newRound, runRound, stepToShow } from './run-round.ts';
import type { Handed, Round } from './run-round.ts';
import { actOn, changedSteps } from './step-effects.ts';
import type { OpenedApproval, StepEffects } from './step-effects.ts';
import { stepTold } from './step-told.ts';
import type { ChangeInputs } from './use-inputs.ts';
import type { KeptToken } from './use-kept-token.ts';
import { wait } from './wait.ts';

/** Longer than any limit of a stage: it is the hub that ends a run, not this page. */
const PATIENCE_MS = 300_000;

export interface TestRunsDeps {
  readonly mappingId: string;
  readonly sources: Readonly<Record<Stage, string>>;
  readonly inputs: Inputs;
  readonly change: ChangeInputs;
  readonly token: KeptToken;
  readonly keepToken: (token: KeptToken) => void;
  readonly onFailure: (stage: Stage, failure: RunFailure | undefined) => void;
  readonly onTested: (stage: Stage, ok: boolean) => void;
  /** Told when a round is over, with the step to look at. */
  readonly onEnd: (round: Round, step: number) => void;
}

export interface Asked {
  readonly stages: readonly Stage[];
  /** Instead of those in the panel, which may not have reached it yet. */
  readonly inputs?: Inputs;
  /** About this approval instead of the one in the panel. */
  readonly approvalInstanceId?: string;
  /** Try again when the provider says "too early". */
  readonly patient?: boolean;
}

export interface TestRuns {
  readonly round: Round | undefined;
  readonly isRunning: boolean;
  readonly isCancelling: boolean;
  /** Why nothing was run. */
  readonly trouble: InputTrouble | undefined;
  readonly opened: OpenedApproval | undefined;
  readonly forgetOpened: () => void;
  readonly tokenDropped: boolean;
  /** For the live region. */
  readonly told: string;
  readonly start: (asked: Asked) => Promise<void>;
  readonly cancel: () => void;
}

/** Runs stages as asked, one round at a time, and keeps what they hand on. */
export function useTestRuns(deps: TestRunsDeps): TestRuns {
  const { t } = useTranslation('test');
  const say = useHubWords();
  const [round, setRound] = useState<Round>();
  const [phase, setPhase] = useState<'idle' | 'running' | 'cancelling'>('idle');
  const [trouble, setTrouble] = useState<InputTrouble>();
  const [opened, setOpened] = useState<OpenedApproval>();
  const [tokenDropped, setTokenDropped] = useState(false);
  const [told, setTold] = useState('');
  const abort = useRef<AbortController>(undefined);
  const latest = useRef(deps);
  useEffect(() => {
    latest.current = deps;
  });
  // Leaving the page cancels what runs: nobody would see how it ends.
  useEffect(() => () => abort.current?.abort(), []);

  const start = useCallback(
    async ({ stages, inputs = latest.current.inputs, approvalInstanceId, patient = false }: Asked) => {
      if (abort.current !== undefined) return;
      const { mappingId, sources, token } = latest.current;
      const isLive = inputs.mode === 'live';
      const handed: Handed = {
        ...(isLive && token),
        ...(approvalInstanceId !== undefined && { approvalInstanceId }),
      };
      const wrong = troubleOf(stages, sources, inputs, handed);
      setTrouble(wrong);
      setTokenDropped(false);
      if (wrong !== undefined) return;

      const keepInstance = (id: string): void =>
        latest.current.change((all) => ({ ...all, instanceIds: { ...all.instanceIds, [inputs.mode]: id } }));
      const effects: StepEffects = {
        tell: (step) => setTold(stepTold(t, say, step)),
        onFailure: (stage, failure) => latest.current.onFailure(stage, failure),
        onTested: (stage, ok) => latest.current.onTested(stage, ok),
        keepToken: (given) => latest.current.keepToken(given),
        dropToken() {
          latest.current.keepToken({});
          setTokenDropped(true);
        },
        keepInstance,
        onOpened: setOpened,
        lookForOpened(executionId) {
          call<ExecutionDetail>('GET', `/executions/${executionId}`).then(({ approvalInstanceId: id }) => {
            if (id === undefined) return;
            setOpened({ id, although: true });
            keepInstance(id);
          }, showTrouble);
        },
      };
      const controller = new AbortController();
      abort.current = controller;
      setPhase('running');
      let before = newRound(stages, handed, isLive);
      const end = await runRound(before, patient, {
        send: (stage, given, signal) =>
          sendTest({ mappingId, stage, source: sources[stage], inputs, given, signal }),
        show(now) {
          setRound(now);
          for (const step of changedSteps(before, now)) actOn(step, now, effects);
          before = now;
        },
        signal: controller.signal,
        now: Date.now,
        wait,
      });
      abort.current = undefined;
      setPhase('idle');
      void refresh('/executions');
      latest.current.onEnd(end, stepToShow(end));
    },
    [t, say],
  );
  const cancel = useCallback(() => {
    if (abort.current === undefined) return;
    setPhase('cancelling');
    abort.current.abort(new Error('cancelled by the person who ran it'));
  }, []);
  const forgetOpened = useCallback(() => setOpened(undefined), []);
  const isCancelling = phase === 'cancelling';
  return {
    ...{ round, isRunning: phase !== 'idle', isCancelling, trouble, opened, forgetOpened },
    ...{ tokenDropped, told, start, cancel },
  };
}

interface Sent {
  readonly mappingId: string;
  readonly stage: Stage;
  readonly source: string;
  readonly inputs: Inputs;
  readonly given: Handed;
  readonly signal: AbortSignal;
}

async function sendTest({ mappingId, stage, source, inputs, given, signal }: Sent): Promise<Run> {
  const asked = testBody(stage, source, inputs, given);
  if ('trouble' in asked) throw new Error(`The inputs of ${stage} were readable a moment ago.`);
  const path = `/mappings/${mappingId}/test/${stage}`;
  return call<Run>('POST', path, { body: asked.body, signal, timeoutMs: PATIENCE_MS });
}
