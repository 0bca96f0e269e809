import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instance } from '../../server/simulator/dingtalk/instances/instance.ts';
import {
  agree,
  comment,
  open,
  redirect,
  refuse,
  StepRefused,
  terminate,
  type Draft,
  type Step,
} from '../../server/simulator/dingtalk/instances/steps.ts';

const PEOPLE = ['a', 'b', 'c', 'd'];
const person = fc.constantFrom(...PEOPLE);
const people = (minLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(person, { minLength, maxLength: 4 });
const node = fc.oneof(
  people(2).map((userIds) => ({ actionType: 'AND' as const, userIds })),
  people(2).map((userIds) => ({ actionType: 'OR' as const, userIds })),
  person.map((userId) => ({ actionType: 'NONE' as const, userIds: [userId] })),
);

/** A move by anybody on any task, allowed or not. */
const move = fc.record({
  kind: fc.constantFrom('agree', 'agree', 'agree', 'refuse', 'redirect', 'comment', 'terminate'),
  task: fc.nat(8),
  by: fc.option(person),
  to: person,
});

const draft = (nodes: Draft['nodes']): Draft => ({
  instanceId: 'i',
  businessId: 'b',
  processCode: 'PROC-1',
  title: 't',
  originatorUserId: 'a',
  originatorDeptId: -1,
  form: [],
  nodes,
  cc: { userIds: ['d'], atStart: true, atFinish: true },
  createdAt: 0,
});

function take(
  instance: Instance,
  { kind, task, by, to }: { kind: string; task: number; by: string | null; to: string },
  at: number,
  nextId: () => number,
): Step {
  const target = instance.tasks[task % instance.tasks.length];
  const act = { taskId: target?.taskId ?? 0, userId: by ?? target?.userId ?? '', at, remark: null };
  if (kind === 'agree') return agree(instance, act, nextId);
  if (kind === 'refuse') return refuse(instance, act);
  if (kind === 'redirect') return redirect(instance, act, to, nextId);
  if (kind === 'comment') return comment(instance, to, at, 'hm');
  return terminate(instance, by, at, null);
}

describe('an approval instance', () => {
  it('has one outcome and one closing event, whoever does what in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(node, { minLength: 1, maxLength: 4 }),
        fc.array(move, { maxLength: 40 }),
        (nodes, moves) => {
          let lastId = 0;
          const nextId = (): number => (lastId += 1);
          let { instance, happenings } = open(draft(nodes), nextId);
          const told = [...happenings];
          for (const [at, next] of moves.entries()) {
            const before = instance;
            try {
              ({ instance, happenings } = take(before, next, at + 1, nextId));
              told.push(...happenings);
              expect(before.status).toBe('RUNNING');
            } catch (error) {
              expect(error).toBeInstanceOf(StepRefused);
              expect(instance).toBe(before);
            }
          }

          const closing = told.filter((what) => what.about === 'instance' && what.type !== 'start');
          const openTasks = instance.tasks.filter((task) => task.status === 'RUNNING');
          if (instance.status === 'RUNNING') {
            expect(closing).toEqual([]);
            expect(openTasks.length).toBeGreaterThan(0);
            expect(instance).toMatchObject({ result: '', finishedAt: null });
          } else {
            expect(closing).toHaveLength(1);
            expect(openTasks).toEqual([]);
            expect(instance.finishedAt).not.toBeNull();
            expect(instance.result === '').toBe(instance.status === 'TERMINATED');
          }
          const refusals = instance.tasks.filter((task) => task.result === 'REFUSE');
          expect(refusals.length).toBe(instance.result === 'refuse' ? 1 : 0);
          if (instance.result === 'agree')
            for (const [index, { actionType }] of nodes.entries()) {
              const answers = instance.tasks.filter(
                (task) => task.node === index && task.result !== 'REDIRECTED',
              );
              const agreed = answers.filter((task) => task.result === 'AGREE').length;
              expect(agreed).toBe(actionType === 'OR' ? 1 : answers.length);
            }
          const starts = told.filter((what) => what.about === 'task' && what.type === 'start');
          expect(starts).toHaveLength(instance.tasks.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
