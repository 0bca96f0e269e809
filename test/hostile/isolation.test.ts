import { describe, expect, it } from 'vitest';
import { completeVariables } from '../../server/contract/variables.ts';
import { startEngine } from './engine.ts';

const { ask, sandbox } = await startEngine({ children: 2 });

/** Leaves a mark in every place that could outlive a run, and answers the marks it found there. */
const MARK = `
  const own = TASK_ID;
  const places = { global: globalThis, Object, ObjectPrototype: Object.prototype, ArrayPrototype: Array.prototype, StringPrototype: String.prototype,
    PromisePrototype: Promise.prototype, FunctionPrototype: Function.prototype, ErrorPrototype: Error.prototype, JSON, Math, Intl, Reflect, Symbol,
    console, dingtalk, create: dingtalk.create, fetch, setTimeout, JSONObject, JSONObjectPrototype: JSONObject.prototype, JSONArrayPrototype: JSONArray.prototype,
    ArrayList, HashMap, System, crypto, URLPrototype: URL.prototype, symbol: Object(Symbol.for('shared')) };
  const found = Object.entries(places).filter(([, place]) => Object.hasOwn(place, 'mark')).map(([name, place]) => name + '=' + place.mark);
  for (const place of Object.values(places)) place.mark = own;
  Symbol.for('shared').description === 'shared' || found.push('symbol');

  const sticky = /a/gy;
  if (sticky.lastIndex !== 0) found.push('lastIndex');
  sticky.test('ab');
  if (/mark-/.test(RegExp.lastMatch + RegExp.input)) found.push('RegExp.lastMatch');
  /mark-\\d+/.exec('mark-' + own);

  console.group('indented'); // nobody ends it
  setTimeout(() => { globalThis.late = own; console.log('late', own) }, 0);
  Promise.resolve().then(() => new Promise((done) => setTimeout(done, 1))).then(() => console.log('later', own));
  Array.prototype.join = Map.prototype.get = String.prototype.trim = () => { throw new Error('from ' + own) };
  new JSONObject().put('token', 'secret-of-' + own);
  if (globalThis.late !== undefined) found.push('late');
  return { own, found, random: Math.random(), uuid: crypto.randomUUID() }`;

interface Marks {
  own: string;
  found: string[];
  random: number;
  uuid: string;
}

describe('two hundred runs at once', () => {
  it('never find a mark that another one left', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `run-${i}`);
    const ends = await Promise.all(
      ids.map((id, i) =>
        ask(MARK, {
          limits: { cpuMs: 5_000 },
          key: `mapping-${i % 7}`,
          variables: { ...completeVariables({}), TASK_ID: id },
        }),
      ),
    );
    const marks = ends.map(({ answer }) => answer as Marks);
    expect(ends.filter(({ code }) => code !== 'ok')).toEqual([]);
    expect(marks.map(({ own }) => own)).toEqual(ids);
    expect(marks.flatMap(({ found }) => found)).toEqual([]);
    expect(new Set(marks.map(({ random }) => random)).size).toBe(200);
    expect(new Set(marks.map(({ uuid }) => uuid)).size).toBe(200);
    for (const [i, { logs, outcome }] of ends.entries()) {
      expect(logs).toEqual(['indented']);
      expect(outcome.secrets).toContain(`secret-of-run-${i}`);
      expect(outcome.secrets.filter((secret) => secret.startsWith('secret-of-'))).toHaveLength(1);
    }
    expect(sandbox.stats()).toMatchObject({ runs: 200, reruns: 0, running: 0, queued: 0 });
  });

  it('answer the same script alike, the fiftieth time as the first', async () => {
    const count = 'globalThis.count = (globalThis.count ?? 0) + 1; return globalThis.count';
    const answers = new Set<unknown>();
    for (let i = 0; i < 50; i++) answers.add((await ask(count)).answer);
    expect(answers).toEqual(new Set([1]));
  });
});
