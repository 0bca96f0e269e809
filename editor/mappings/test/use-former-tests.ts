import { useCallback, useState } from 'react';
import { STAGES } from '../../../server/contract/stage.ts';
import type { Stage } from '../../../server/contract/stage.ts';
import { call } from '../../api/client.ts';
import { showTrouble } from '../../parts/notify.ts';
import type { ExecutionDetail } from './answers.ts';
import { hasMasked, withFormerInput } from './inputs.ts';
import type { Inputs } from './inputs.ts';
import type { Step } from './run-round.ts';

export interface FormerInput {
  readonly stage: Stage;
  readonly inputs: Inputs;
  /** Something in it was masked when it was kept. */
  readonly hasMasked: boolean;
}

export interface FormerTests {
  /** The test that is looked at, as if it had just been run. */
  readonly former: Step | undefined;
  /** Reads a test to be looked at. @returns whether it had passed; undefined when it cannot be read, which is told */
  readonly openFormer: (id: string) => Promise<boolean | undefined>;
  readonly closeFormer: () => void;
  /** What a test was given, put in place of the given inputs; undefined when it cannot be read, which is told. */
  readonly inputOf: (id: string, inputs: Inputs) => Promise<FormerInput | undefined>;
}

/** Former tests of a mapping, to be looked at and repeated. */
export function useFormerTests(): FormerTests {
  const [former, setFormer] = useState<Step>();
  const openFormer = useCallback(async (id: string) => {
    const found = await readTest(id);
    if (found === undefined) return undefined;
    const { stage, detail } = found;
    setFormer({ stage, state: detail.ok ? 'passed' : 'failed', run: detail });
    return detail.ok;
  }, []);
  const closeFormer = useCallback(() => setFormer(undefined), []);
  const inputOf = useCallback(async (id: string, inputs: Inputs) => {
    const found = await readTest(id);
    if (found === undefined) return undefined;
    const { stage, detail } = found;
    return { stage, inputs: withFormerInput(inputs, detail.input), hasMasked: hasMasked(detail.input) };
  }, []);
  return { former, openFormer, closeFormer, inputOf };
}

async function readTest(id: string): Promise<{ stage: Stage; detail: ExecutionDetail } | undefined> {
  try {
    const detail = await call<ExecutionDetail>('GET', `/executions/${id}`);
    const stage = STAGES.find((each) => each === detail.stage);
    return stage === undefined ? undefined : { stage, detail };
  } catch (error) {
    showTrouble(error);
    return undefined;
  }
}
