import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stage } from '../../server/contract/stage.ts';
import { completeVariables } from '../../server/contract/variables.ts';
import { namesOf } from '../../server/executions/scope.ts';
import { loadProvider } from '../../server/providers/provider.ts';
import { startScripts, type ScriptRunner } from '../scripts/support.ts';

/** What V8's message about a slip leaves out, said behind it. The messages are V8's own, from the real engine. */

let scripts: ScriptRunner;
beforeAll(async () => {
  scripts = await startScripts('dingtalk');
});
afterAll(() => {
  scripts.close();
});

const messageOf = async (source: string, stage: Stage = 'create'): Promise<string | undefined> =>
  (await scripts.run(stage, '', { source, variables: { REASON: 'x' } })).error?.message;

const LENGTH = 'length is a property in JavaScript: write .length without ().';
const CONSTANT = 'To compare, write ===; a name that changes is declared by let, not by const or final.';
const READ_ONLY =
  'REASON cannot be assigned to: to compare, write ===; to change it, copy it to a name of your own.';

describe('a slip is told with what was meant:', () => {
  it.each<[string, string, Stage?]>([
    ['return "x".length()', `TypeError: "x".length is not a function. ${LENGTH}`],
    ['String s = REASON\nreturn s.length()', `TypeError: s.length is not a function. ${LENGTH}`],
    ['return REASON.trim().length()', `TypeError: REASON.trim(...).length is not a function. ${LENGTH}`],
    ['return REASSON', 'ReferenceError: REASSON is not defined. Did you mean REASON?'],
    ['return task_id', 'ReferenceError: task_id is not defined. Did you mean TASK_ID?'],
    ['fromFeild.add(1)', 'ReferenceError: fromFeild is not defined. Did you mean fromField?'],
    ['dingTalk.create()', 'ReferenceError: dingTalk is not defined. Did you mean dingtalk?'],
    ['return new JsonObject()', 'ReferenceError: JsonObject is not defined. Did you mean JSONObject?'],
    [
      'return REVOKE_REASON',
      'ReferenceError: REVOKE_REASON is not defined. It is in scope in the revoke stage only.',
    ],
    [
      'fromField.add(1)',
      'ReferenceError: fromField is not defined. It is in scope in the create stage only.',
      'sync',
    ],
    [
      'return approvalInstanceId',
      'ReferenceError: approvalInstanceId is not defined. It is in scope in the revoke and sync stages only.',
    ],
    ['const a = 1; if (a = 2) a', `TypeError: Assignment to constant variable. ${CONSTANT}`],
    [
      'if (REASON = "y") return',
      `TypeError: Cannot assign to read only property 'REASON' of object '#<Object>'. ${READ_ONLY}`,
    ],
    [
      'void Promise.reject(new TypeError("x.length is not a function")); await new Promise((done) => setTimeout(done, 1))',
      `A promise was rejected and nobody awaited it: TypeError: x.length is not a function. ${LENGTH}`,
    ],
  ])('%s', async (source, told, stage) => {
    expect(await messageOf(source, stage)).toBe(told);
  });

  it.each([
    ['return something', 'ReferenceError: something is not defined'],
    ['return require("fs")', 'ReferenceError: require is not defined'],
    [`return ${'a'.repeat(10_000)}`, expect.stringMatching(/^ReferenceError: a+/)],
    ['throw new Error("REASSON is not defined")', 'REASSON is not defined'],
    [
      'const o = Object.freeze({ a: 1 }); o.a = 2',
      "TypeError: Cannot assign to read only property 'a' of object '#<Object>'",
    ],
    ['return [].size.length()', "TypeError: Cannot read properties of undefined (reading 'length')"],
  ])('nothing is guessed of %.40s', async (source, told) => {
    expect(await messageOf(source)).toEqual(told);
  });

  it('no name is suggested that the sandbox does not have', async () => {
    const { inScope } = namesOf({
      provider: loadProvider('dingtalk'),
      stage: 'sync',
      source: '',
      channel: {
        ...{ appId: '', appSecret: '', corpId: '', apiBaseUrl: '', legacyApiBaseUrl: '' },
        ...{ allowedHosts: [], defaultOriginator: '', otherSecrets: [] },
      },
      variables: completeVariables({}),
      key: 'test',
    });
    const { result } = await scripts.call('', 'return Object.getOwnPropertyNames(globalThis)');
    expect(inScope.filter((name) => !(result as string[]).includes(name))).toEqual([]);
  });
});
