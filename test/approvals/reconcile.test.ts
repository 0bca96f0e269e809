import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSearch } from '../../server/approvals/reconcile.ts';
import type { Searched } from '../../server/approvals/reconcile.ts';
import { WAITS } from '../../server/waits.ts';

const { settle, absentApart, intentValid, search } = WAITS;
/** A call takes no longer (docs/writing-scripts.md#limits). */
const CALL_MS = 10_000;
/** "Up to 60,000 must be survived" (docs/simulator.md). */
const LONGEST_LAG_MS = 60_000;

const searched = (given: Partial<Searched>): Searched => ({
  ...{
    candidates: [],
    near: [],
    complete: true,
    ageMs: settle,
    absentMs: null,
    siblings: [],
    searches: 0,
    resends: 0,
  },
  ...given,
});
const decide = (given: Partial<Searched>): unknown => decideSearch(searched(given), WAITS);

describe('a search for an uncertain create', () => {
  it('adopts the one that was found', () => {
    expect(decide({ candidates: ['a'], ageMs: 10 })).toEqual({ do: 'adopt', instanceId: 'a' });
  });

  it('counts as proof of absence only when the call can no longer be on its way', () => {
    expect(decide({ ageMs: settle - 1 })).toMatchObject({ do: 'wait', isProof: false });
    expect(decide({ ageMs: settle })).toMatchObject({ do: 'wait', isProof: true });
  });

  it('believes in absence only at the second proof, a minute after the first', () => {
    expect(decide({ absentMs: absentApart - 1 })).toMatchObject({ do: 'wait' });
    expect(decide({ absentMs: absentApart })).toEqual({ do: 'send again' });
    expect(decide({ absentMs: absentApart, complete: false })).toMatchObject({ do: 'wait' });
    expect(decide({ absentMs: absentApart, resends: 2 })).toEqual({ do: 'give up' });
  });

  it('proves absence within a minute once the provider answers, however long it was away', () => {
    const late = { ageMs: 3_600_000, searches: 9 };
    expect(decide(late)).toEqual({ do: 'wait', waitMs: absentApart, isProof: true });
    expect(decide({ ...late, absentMs: absentApart - 5 })).toEqual({ do: 'wait', waitMs: 5, isProof: false });
  });

  it('takes nothing that a call on its way, or who wrote first, may have opened', () => {
    const sibling = { isOlder: false, ageMs: settle };
    expect(decide({ candidates: ['a'], siblings: [sibling] })).toMatchObject({ do: 'adopt' });
    expect(decide({ candidates: ['a'], siblings: [{ ...sibling, isOlder: true }] })).toMatchObject({
      do: 'wait',
    });
    expect(decide({ candidates: ['a'], siblings: [{ ...sibling, ageMs: 1 }] })).toMatchObject({ do: 'wait' });
  });

  it('takes nothing that a test may have opened, and waits for no end of one that nobody will learn', () => {
    const running = { isOlder: false, ageMs: settle, test: 'running' } as const;
    expect(decide({ candidates: ['a'], siblings: [running] })).toMatchObject({ do: 'wait' });
    const lost = { ...running, isOlder: true, test: 'lost' } as const;
    expect(decide({ candidates: ['a'], siblings: [lost] })).toEqual({ do: 'unknown', because: 'tested' });
    expect(decide({ siblings: [lost], absentMs: absentApart })).toEqual({ do: 'send again' });
  });

  it('never sends again while something stands that differs in its spelling only', () => {
    const late = { ageMs: settle + absentApart, absentMs: absentApart };
    expect(decide({ near: ['a'], ageMs: settle, absentMs: null })).toMatchObject({
      do: 'wait',
      isProof: false,
    });
    expect(decide({ near: ['a'], ...late })).toEqual({ do: 'unknown', because: 'near' });
  });

  it('asks a person when more stands than was sent, and when there is no end to it', () => {
    expect(decide({ candidates: ['a', 'b'] })).toEqual({ do: 'unknown', because: 'several' });
    expect(decide({ searches: search.length, complete: false })).toEqual({
      do: 'unknown',
      because: 'undecided',
    });
  });
});

interface Call {
  /** When the task was submitted, how long after its intent the call leaves, how long after that it has its effect. */
  readonly startMs: number;
  readonly leaveMs: number;
  readonly effectMs: number;
  /** By attempt: whether an instance comes of it, and whether its answer arrives. */
  readonly attempts: readonly {
    readonly opens: boolean;
    readonly answers: boolean;
    readonly lagMs: number;
  }[];
  /** How long each search of it takes. */
  readonly searchMs: number;
}

/**
 * A world of tasks with one and the same form at a provider whose listing lags, stepping from event to event. The hub's part is
 * decideSearch alone, used as search.ts uses it.
 */
function live(calls: readonly Call[]): {
  instances: number;
  linked: number[];
  unknown: number;
  open: number;
} {
  interface Task {
    readonly call: Call;
    state: 'sending' | 'linked' | 'unknown' | 'gave up';
    intentAt: number;
    searches: number;
    absentAt: number | null;
    attempt: number;
  }
  const events: { at: number; run: () => void }[] = [];
  const at = (time: number, run: () => void): void => void events.push({ at: time, run });
  const instances: { listedAt: number }[] = [];
  const linked = new Set<number>();
  const tasks: Task[] = [];
  let now = 0;

  function link(task: Task, instance: number): void {
    if (task.state === 'linked') return;
    expect(linked.has(instance), 'an instance belongs to one task').toBe(false);
    linked.add(instance);
    task.state = 'linked';
  }
  function send(task: Task): void {
    Object.assign(task, { state: 'sending', intentAt: now, searches: 0, absentAt: null });
    const attempt = task.call.attempts[task.attempt++];
    if (attempt?.opens === true)
      at(now + task.call.leaveMs + task.call.effectMs, () => {
        const instance = instances.push({ listedAt: now + attempt.lagMs }) - 1;
        if (attempt.answers) link(task, instance);
      });
    at(now + (search[0] ?? 0), () => look(task));
  }
  function look(task: Task): void {
    if (task.state !== 'sending') return;
    const askedAt = now;
    const seen = instances.flatMap(({ listedAt }, index) =>
      listedAt <= now && !linked.has(index) ? [index] : [],
    );
    at(now + task.call.searchMs, () => judge(task, askedAt, seen));
  }
  function judge(task: Task, askedAt: number, seen: readonly number[]): void {
    if (task.state !== 'sending') return;
    const others = tasks.filter((other) => other !== task && other.state === 'sending');
    const decision = decideSearch(
      {
        candidates: seen.filter((index) => !linked.has(index)).map(String),
        near: [],
        complete: true,
        ageMs: askedAt - task.intentAt,
        absentMs: task.absentAt === null ? null : askedAt - task.absentAt,
        siblings: others.map((other) => ({
          isOlder:
            other.intentAt < task.intentAt ||
            (other.intentAt === task.intentAt && tasks.indexOf(other) < tasks.indexOf(task)),
          ageMs: now - other.intentAt,
        })),
        searches: task.searches,
        resends: task.attempt - 1,
      },
      WAITS,
    );
    if (decision.do === 'adopt') link(task, Number(decision.instanceId));
    else if (decision.do === 'send again') send(task);
    else if (decision.do === 'unknown') task.state = 'unknown';
    else if (decision.do === 'give up') task.state = 'gave up';
    else {
      if (decision.isProof) task.absentAt = askedAt;
      task.searches += 1;
      at(now + decision.waitMs, () => look(task));
    }
  }

  for (const call of calls) {
    const task: Task = { call, state: 'sending', intentAt: 0, searches: 0, absentAt: null, attempt: 0 };
    at(call.startMs, () => {
      tasks.push(task);
      send(task);
    });
  }
  while (events.length > 0) {
    events.sort((a, b) => a.at - b.at);
    const next = events.shift();
    now = next?.at ?? now;
    next?.run();
  }
  return {
    instances: instances.length,
    linked: [...linked],
    unknown: tasks.filter(({ state }) => state === 'unknown').length,
    open: tasks.filter(({ state }) => state === 'sending').length,
  };
}

describe('tasks whose forms cannot be told apart', () => {
  const attempt = fc.record({ opens: fc.boolean(), answers: fc.boolean(), lagMs: fc.nat(LONGEST_LAG_MS) });
  const call = fc.record({
    startMs: fc.nat(120_000),
    leaveMs: fc.nat(intentValid),
    effectMs: fc.nat(CALL_MS - 1),
    attempts: fc.array(attempt, { minLength: 3, maxLength: 3 }),
    searchMs: fc.nat(3_000),
  });

  it('never stand twice, and none is left undecided, whatever is cut off, delayed and shown late', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 5 }), (calls) => {
        const end = live(calls);
        expect(end.instances).toBeLessThanOrEqual(calls.length);
        expect(end.open).toBe(0);
        // What stands belongs to a task, unless a person was asked to look.
        expect(end.linked.length).toBeGreaterThanOrEqual(end.instances - end.unknown);
      }),
      { numRuns: 2_000 },
    );
  });
});
