import { describe, expect, it, vi } from 'vitest';
import type { Stage } from '../../server/contract/stage.ts';
import { isAtSimulator, simulatorPage } from '../../editor/parts/simulator.ts';
import {
  CHAIN,
  newRound,
  runRound,
  stepToFollow,
  stepToShow,
  stillGood,
} from '../../editor/mappings/test/run-round.ts';
import type { Handed, Round, StepState } from '../../editor/mappings/test/run-round.ts';
import { actOn, changedSteps } from '../../editor/mappings/test/step-effects.ts';
import type { StepEffects } from '../../editor/mappings/test/step-effects.ts';
import { wait } from '../../editor/mappings/test/wait.ts';
import type { Run } from '../../editor/parts/run-result-run.ts';

const run = (more: Partial<Run>): Run => ({
  executionId: 'e-1',
  ok: true,
  warnings: [],
  logs: [],
  http: [],
  durationMs: 5,
  cpuMs: 1,
  memoryBytes: 0,
  ...more,
});
const failed = (kind?: string, alreadySent?: string[]): Run =>
  run({
    ok: false,
    error: {
      ...{ code: 'SCRIPT_ERROR', message: 'no', stage: 'create', line: 3, column: 1, stack: '' },
      ...(kind !== undefined && { provider: { kind } }),
      ...(alreadySent !== undefined && { alreadySent }),
    },
  });
const ANSWERS: Readonly<Record<Stage, unknown>> = {
  token: { accessToken: 'token-1', expiresIn: 60 },
  create: { approvalInstanceId: 'i-1' },
  sync: { status: 'pending' },
  revoke: { revoked: true },
  callback: null,
};

/** Plays a round; `answer` says what a stage answers instead of passing. */
async function play(
  stages: readonly Stage[],
  answer: (stage: Stage, time: number) => Run | undefined = () => undefined,
  patient = false,
) {
  const asked: [Stage, Handed][] = [];
  const shown: string[] = [];
  const abort = new AbortController();
  const end = await runRound(newRound(stages, {}, true), patient, {
    send(stage, handed) {
      asked.push([stage, handed]);
      const times = asked.filter(([each]) => each === stage).length;
      return Promise.try(() => answer(stage, times) ?? run({ result: ANSWERS[stage] }));
    },
    show: ({ steps }) => shown.push(steps.map(({ state }) => state).join(' ')),
    signal: abort.signal,
    now: () => 1_000,
    wait: () => Promise.resolve(),
  });
  return { end, asked, shown, states: end.steps.map(({ state }) => state) };
}

describe('the chain', () => {
  it('hands the token and the approval on', async () => {
    const { asked, states, end } = await play(CHAIN);
    const token = { accessToken: 'token-1', tokenUntil: 61_000 };
    const both = { ...token, approvalInstanceId: 'i-1' };
    expect(asked).toEqual([
      ['token', {}],
      ['create', token],
      ['sync', both],
      ['revoke', both],
    ]);
    expect(states).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(end.handed).toEqual(both);
    expect(stepToShow(end)).toBe(3);
  });

  it('stops at the first failure', async () => {
    const { end, asked, states } = await play(CHAIN, (stage) => (stage === 'create' ? failed() : undefined));
    expect(asked.map(([stage]) => stage)).toEqual(['token', 'create']);
    expect(states).toEqual(['passed', 'failed', 'skipped', 'skipped']);
    expect(stepToShow(end)).toBe(1);
  });

  it('stops when the hub cannot be asked, and keeps why', async () => {
    const trouble = new Error('offline');
    const { end, states } = await play(CHAIN, () => {
      throw trouble;
    });
    expect(states).toEqual(['failed', 'skipped', 'skipped', 'skipped']);
    expect(end.steps[0]?.trouble).toBe(trouble);
  });

  it('shows each stage as it comes', async () => {
    const { shown } = await play(['token', 'create']);
    expect(shown).toEqual(['running waiting', 'passed waiting', 'passed running', 'passed passed']);
  });

  it('waits where the provider says "too early", a few times', async () => {
    const early = (stage: Stage, time: number) =>
      stage === 'revoke' && time < 3 ? failed('tooEarly') : undefined;
    const { shown, states } = await play(['create', 'revoke'], early, true);
    expect(shown.filter((each) => each === 'passed resting')).toHaveLength(2);
    expect(states).toEqual(['passed', 'passed']);
    const never = await play(['revoke'], () => failed('tooEarly'), true);
    expect(never.asked).toHaveLength(6);
    expect(never.states).toEqual(['failed']);
    expect((await play(['revoke'], early)).states).toEqual(['failed']);
  });

  it('ends at once when it is cancelled, resting or running', async () => {
    for (const isResting of [true, false]) {
      const abort = new AbortController();
      const end = await runRound(newRound(['revoke', 'sync'], {}, true), true, {
        send() {
          if (isResting) return Promise.resolve(failed('tooEarly'));
          abort.abort(new Error('enough'));
          return Promise.reject(new Error('aborted'));
        },
        show: ({ steps }) => {
          if (steps[0]?.state === 'resting') setTimeout(() => abort.abort(new Error('enough')), 5);
        },
        signal: abort.signal,
        now: Date.now,
        wait,
      });
      expect(end.steps).toEqual([
        { stage: 'revoke', state: 'cancelled' },
        { stage: 'sync', state: 'skipped' },
      ]);
    }
  });
});

describe('while a chain runs', () => {
  it('what ended last is shown', () => {
    const round = newRound(CHAIN, {}, true);
    const now = (...states: StepState[]): Round => ({
      ...round,
      steps: round.steps.map((step, index) => ({ ...step, state: states[index] ?? 'waiting' })),
    });
    expect(stepToFollow(now('running'))).toBe(0);
    expect(stepToFollow(now('passed', 'passed', 'running'))).toBe(1);
    expect(stepToFollow(now('passed', 'failed', 'skipped', 'skipped'))).toBe(1);
  });
});

describe('a kept token', () => {
  it('is dropped before it ends; the approval stays', () => {
    const handed = { accessToken: 'a', tokenUntil: 10_000, approvalInstanceId: 'i-1' };
    expect(stillGood(handed, 4_000)).toBe(handed);
    expect(stillGood(handed, 6_000)).toEqual({ approvalInstanceId: 'i-1' });
  });
});

describe('what follows from a stage', () => {
  const effectsOf = () => ({
    ...{ tell: vi.fn(), onFailure: vi.fn(), onTested: vi.fn(), keepToken: vi.fn(), dropToken: vi.fn() },
    ...{ keepInstance: vi.fn(), onOpened: vi.fn(), lookForOpened: vi.fn() },
  });
  const act = (stage: Stage, given: Run, isLive = true) => {
    const effects = effectsOf() satisfies StepEffects;
    const round = { steps: [], handed: { accessToken: 'a', approvalInstanceId: 'i-1' }, isLive };
    actOn({ stage, state: given.ok ? 'passed' : 'failed', run: given }, round, effects);
    return effects;
  };

  it('marks the line of a failure, and takes the mark away when the stage begins anew', () => {
    const broken = failed();
    expect(act('create', broken).onFailure).toHaveBeenCalledWith('create', broken.error);
    const effects = effectsOf();
    actOn({ stage: 'create', state: 'running' }, newRound(['create'], {}, true), effects);
    expect(effects.onFailure).toHaveBeenCalledWith('create', undefined);
    expect(effects.onTested).not.toHaveBeenCalled();
  });

  it('marks the line of the token stage when that is what failed', () => {
    const error = { ...failed().error, stage: 'token' } as NonNullable<Run['error']>;
    const { onFailure, onTested } = act('create', run({ ok: false, error }));
    expect(onFailure).toHaveBeenCalledWith('token', error);
    expect(onTested).toHaveBeenCalledWith('token', false);
  });

  it('tells of the approval that a live create opened, and asks about one that failed behind its call', () => {
    expect(act('create', run({})).onOpened).toHaveBeenCalledWith({ id: 'i-1', although: false });
    expect(
      act('create', failed(undefined, ['POST https://api.example/'])).lookForOpened,
    ).toHaveBeenCalledWith('e-1');
    expect(act('create', failed()).lookForOpened).not.toHaveBeenCalled();
    expect(act('revoke', run({})).onOpened).toHaveBeenCalledWith(undefined);
  });

  it('keeps the approval but neither token nor warning of recorded answers', () => {
    const effects = act('create', run({}), false);
    expect(effects.keepInstance).toHaveBeenCalledWith('i-1');
    expect(effects.onOpened).not.toHaveBeenCalled();
    expect(act('token', run({}), false).keepToken).not.toHaveBeenCalled();
  });

  it('forgets a token that the provider refused', () => {
    expect(act('sync', failed('token')).dropToken).toHaveBeenCalled();
  });

  it('is worked out for the steps that changed', () => {
    const before = newRound(['token', 'create'], {}, true);
    const [, create] = before.steps;
    const after = {
      ...before,
      steps: [{ stage: 'token', state: 'running' } as const, ...(create ? [create] : [])],
    };
    expect(changedSteps(before, after)).toEqual([{ stage: 'token', state: 'running' }]);
  });
});

describe('a channel', () => {
  it.each([
    ['', false],
    ['https://api.dingtalk.com', false],
    ['http://127.0.0.1:8787/simulator/dingtalk', true],
    ['http://127.0.0.1:8790/simulator/dingtalk', true],
    ['https://proxy.example/dingtalk/simulator/', false],
  ])('at %j is at a simulator: %s', (url, expected) => {
    expect(isAtSimulator(url)).toBe(expected);
  });

  it('shows an approval where the reader reaches the simulator: in this hub by its own address', () => {
    const here = ['/simulator/dingtalk/'];
    const page = (base: string): string => simulatorPage(base, 'a/1', here);
    expect(page('http://127.0.0.1:8787/simulator/dingtalk')).toBe('/simulator/dingtalk/#instance-a%2F1');
    expect(page('http://sim.example/simulator/other')).toBe(
      'http://sim.example/simulator/other/#instance-a%2F1',
    );
  });
});
