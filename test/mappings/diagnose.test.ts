import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic, FormField } from '../../server/contract/mapping.ts';
import { STAGES } from '../../server/contract/stage.ts';
import type { Stage } from '../../server/contract/stage.ts';
import { diagnose } from '../../server/mappings/diagnose.ts';
import type { Known } from '../../server/mappings/diagnose.ts';
import { loadProvider } from '../../server/providers/provider.ts';

const provider = loadProvider('dingtalk');
const field = (name: string, required = false): FormField => ({ name, type: 'TextField', required });
/** The twelve fields of the appendix's form. */
const FORM = [
  ...[
    'Task ID',
    'Task Name',
    'Task Type',
    'Subtype',
    'Data Source Name',
    'Database',
    'Environment',
    'Reason',
  ],
  ...['Permission Request Type', 'SQL Text', 'Summary', 'Remarks'],
].map((name) => field(name));

const diagnoseStage = (stage: Stage, source: string, known: Partial<Known> = {}): Diagnostic[] =>
  diagnose(source, {
    ...{
      stage,
      provider,
      form: FORM,
      ids: ['PROC-DEMO'],
      appSecret: 'demo-secret',
      otherSecrets: ['hubtoken'],
    },
    ...known,
  });

/** Each remark as `line:column severity message`. */
const told = (stage: Stage, source: string, known: Partial<Known> = {}): string[] =>
  diagnoseStage(stage, source, known).map(
    ({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`,
  );

const example = (name: string): string =>
  readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8');

describe('nothing is said about', () => {
  it.each(STAGES)('the default %s script', (stage) => {
    expect(told(stage, provider.stages[stage])).toEqual([]);
  });

  it('the scripts of the appendix, whose secret is a row of x', () => {
    expect(told('create', example('create.js'))).toEqual([]);
    expect(told('token', example('token.js'))).toEqual([]);
  });

  it.each([
    ['an empty text', 'create', ''],
    [
      'promises that are awaited together',
      'sync',
      'const [a] = await Promise.all([fetch("https://api.dingtalk.com/x"), dingtalk.user("u")]);\nreturn { status: a.ok ? "approved" : "pending" };',
    ],
    [
      'a promise that is awaited later',
      'sync',
      'const answer = fetch("https://api.dingtalk.com/x");\nconst { ok } = await answer;\nreturn { status: ok ? "approved" : "pending" };',
    ],
    [
      'a promise with then and catch',
      'create',
      'return dingtalk.create().catch((error) => { console.log(error.message); throw error; });',
    ],
    [
      'returns of functions within',
      'callback',
      'const read = () => { return 5; };\nreturn read() > 4 ? null : { approvalInstanceId: event.id, status: "approved" };',
    ],
    [
      'keys, members, labels and names of its own',
      'sync',
      'outer: for (const [key, { unknown: mine = 1 }] of Object.entries({ anything: {} })) { console.log(key, mine); continue outer; }\nreturn { status: "pending", ...{ more: 1 } };',
    ],
    [
      'typeof of what may not be there',
      'create',
      'if (typeof somethingElse !== "undefined") console.log("odd");',
    ],
    [
      'names of Java and JavaScript',
      'create',
      'StringBuilder text = new StringBuilder();\ntry { text.append(Integer.parseInt("1")); } catch (NumberFormatException e) { System.out.println(e.getMessage()); }\nconsole.log(new Intl.NumberFormat().format(1), globalThis.parseFloat("1"), new WeakMap(), arguments.length);',
    ],
    [
      'ids, addresses, numbers and words',
      'create',
      'const ids = ["PROC-DEMO", "PROC-CF795BCB-3D86-4F8D-9C4B-0E2A1B3C4D5E", "1732262400000", "https://api.dingtalk.com/v1.0/oauth2/accessToken", "x-acs-dingtalk-access-token"];\nconst tokenUrl = "https://api.dingtalk.com/v1.0/oauth2/accessToken";\nconsole.log(ids, tokenUrl);',
    ],
    [
      'a token of the channel that is sent by hand',
      'sync',
      'const answer = await fetch("https://api.dingtalk.com/x", { headers: { "x-acs-dingtalk-access-token": accessToken } });\nconst body = await answer.json();\nreturn { status: body.status };',
    ],
  ] as const)('%s', (_what, stage, source) => {
    expect(told(stage, source)).toEqual([]);
  });
});

describe('names', () => {
  it('names the variable that was meant, at the place in the Java-flavoured text', () => {
    expect(told('create', 'List<String> names = new ArrayList<String>();\nString x = TASK_NAEM;')).toEqual([
      '2:12 error TASK_NAEM is not defined. Did you mean TASK_NAME?',
    ]);
  });

  it('says which stage has a name that this one has not', () => {
    expect(told('create', 'console.log(event, APP_SECRET);')).toEqual([
      '1:13 error event is in scope in the callback stage only.',
      '1:20 error APP_SECRET is in scope in the token stage only.',
    ]);
  });

  it('knows no Node and no browser', () => {
    expect(told('create', 'process.exit(); require("fs"); window.alert(1);')).toEqual([
      '1:1 error process is not defined.',
      '1:17 error require is not defined.',
      '1:32 error window is not defined.',
    ]);
  });

  it("names the client's method that was meant", () => {
    expect(told('sync', 'return await dingtalk.synk(approvalInstanceId);')).toEqual([
      '1:14 error dingtalk has no method synk. Did you mean sync?',
    ]);
  });
});

describe('await', () => {
  it.each([
    ['its member is read', 'const status = fetch("https://api.dingtalk.com/x").status;', '1:16 error'],
    [
      'a method of it is called',
      'return { status: dingtalk.sync(approvalInstanceId).status };',
      '1:18 error',
    ],
    ['it is compared', 'if (fetch("https://api.dingtalk.com/x") === 1) console.log(1);', '1:5 error'],
    ['it is written into a text', 'console.log(`${dingtalk.user("u")}`);', '1:16 error'],
    [
      'it is added to the form',
      'fromField.add({ name: "Reason", value: dingtalk.userByMobile("1") });',
      '1:40 error',
    ],
    [
      'it is kept and its member read',
      'const answer = fetch("https://api.dingtalk.com/x");\nif (answer.ok) console.log(1);',
      '1:16 error',
    ],
    [
      "an answer's body is read",
      'const answer = await fetch("https://api.dingtalk.com/x");\nconst body = answer.json();\nconsole.log(body.status);',
      '2:14 error',
    ],
    [
      'a function of its own is async',
      'async function read() { return 1; }\nconsole.log(read() + 1);',
      '2:13 error',
    ],
    ['it is returned in an object', 'return { status: dingtalk.sync() };', '1:18 error'],
    ['it is dropped', 'dingtalk.comment("done");', '1:1 warning'],
  ])('is missed when %s', (_what, source, where) => {
    const lines = told(source.startsWith('fromField') ? 'create' : 'sync', source).filter((line) =>
      line.includes('await is missing'),
    );
    expect(lines).toEqual([expect.stringContaining(where)]);
  });
});

describe('results', () => {
  it('says what the stage must return, in the words of the run that would fail', () => {
    expect(told('create', 'return { instanceId: 1 };')).toEqual([
      '1:8 error The create stage must return {approvalInstanceId}; approvalInstanceId must be text, but is missing.',
    ]);
    expect(told('sync', "return { status: 'done' };")[0]).toContain(
      'status must be one of "pending", "approved", "rejected", "revoked", but is the text "done"',
    );
    expect(told('revoke', 'return { revoked: false };')[0]).toContain('revoked must be');
    expect(told('token', 'return { accessToken: await dingtalk.token(), expiresIn: 0 };')[0]).toContain(
      'expiresIn must be more than 0',
    );
    expect(told('sync', 'return TASK_ID ? null : { status: "approved" };')[0]).toContain('is null');
  });

  it('reads a conditional answer, and is silent about what only a run can tell', () => {
    expect(
      told('callback', 'return event.ok ? { approvalInstanceId: event.id, status: event.status } : null;'),
    ).toEqual([]);
    expect(
      told('callback', "return event.ok ? { approvalInstanceId: event.id, status: 'ok' } : null;"),
    ).toHaveLength(1);
    expect(told('sync', 'const answer = { status: 1 };\nreturn answer;')).toEqual([]);
  });
});

describe('the form', () => {
  const required = [field('Reason', true), field('Task ID', true), field('Remarks')];

  it.each([
    [
      'field("Reson", REASON)',
      'function field(name, value) { fromField.add({ name, value }); }\nfield("Reson", REASON);',
    ],
    ['an object', 'fromField.add({ name: "Reson", value: REASON });'],
    ['put', 'JSONObject o = new JSONObject();\no.put("name", "Reson");\nfromField.add(o);'],
    ['fluentPut', 'fromField.add(new JSONObject().fluentPut("value",REASON).fluentPut("name","Reson"))'],
    [
      'a chain',
      'fromField.fluentAdd({ name: "Remarks", value: "" }).fluentAdd({ name: "Reson", value: "" });',
    ],
    ['a constant', 'const NAME = "Reson";\nfromField.add({ name: NAME, value: REASON });'],
    ['a form of its own', 'return await dingtalk.create([{ name: "Reson", value: REASON }]);'],
  ])('has no such field, written as %s, and the nearest one is named', (_how, source) => {
    const [first] = told('create', source, { form: [field('Reason'), field('Remarks')] });
    expect(first).toMatch(/warning The form has no field "Reson"\. Did you mean "Reason"\?$/);
  });

  it('lists its fields when none is near', () => {
    expect(
      told('create', 'fromField.add({ name: "金额", value: "" });', {
        form: required.slice(1).map((each) => ({ ...each, required: false })),
      }),
    ).toEqual(['1:23 warning The form has no field "金额". It has "Task ID", "Remarks".']);
  });

  it('requires what the script leaves out', () => {
    expect(
      told('create', 'if (REASON) fromField.add({ name: "Reason", value: REASON });', { form: required }),
    ).toEqual(['1:35 warning The form requires "Task ID", and the script does not add it.']);
  });

  it.each([
    [
      'a loop',
      'fromField.add({ name: "Reason", value: "" });\nfor (const name of ["Task ID"]) fromField.add({ name, value: "" });',
    ],
    [
      'a callback',
      'const add = (name) => fromField.add({ name, value: "" });\nadd("Reason");\n["Task ID"].forEach(add);',
    ],
    [
      'a function that is handed the form',
      'fromField.add({ name: "Reason", value: "" });\nfill(fromField);\nfunction fill(form) { form.add({ name: "Task ID", value: "" }); }',
    ],
    ['a request of its own', 'await fetch("https://api.dingtalk.com/x", { method: "POST", body: "{}" });'],
  ])('is not judged for what is missing when fields may come from %s', (_what, source) => {
    expect(told('create', source, { form: required })).toEqual([]);
  });

  it('is not judged when it was never read, or in another stage', () => {
    const source = 'fromField.add({ name: "Reson", value: "" });';
    expect(told('create', source, { form: undefined })).toEqual([]);
    expect(told('sync', 'return { status: "pending", form: [{ name: "Reson", value: "" }] };')).toEqual([]);
  });

  it('knows a date range by both titles', () => {
    const form = [field('["Start","End"]', true)];
    expect(told('create', 'fromField.add({ name: ["Start", "End"], value: [] });', { form })).toEqual([]);
    expect(told('create', `fromField.add({ name: '["Start", "End"]', value: [] });`, { form })).toEqual([]);
  });
});

describe('secrets', () => {
  it("knows the channel's own, and APP_SECRET as the mend", () => {
    expect(told('token', 'reqBody.put("appSecret", "demo-secret")')).toEqual([
      "1:26 error This is the channel's own secret: write APP_SECRET, without quotes, in its place.",
    ]);
    expect(told('create', 'console.log(`at ${TASK_ID} hubtoken`);')[0]).toContain('a secret of the channel');
  });

  it.each([
    ['under a telling name', 'token', 'reqBody.put("appSecret", "pa55word!")'],
    ['in a variable', 'token', 'String appSecret = "In4cWXZedWR92kLm"'],
    ['that only looks like one', 'sync', 'const x = "8Kd02mQz7RfT5vB1nYp3LwX9";'],
    [
      'in a header',
      'sync',
      'await fetch("https://api.dingtalk.com/x", { headers: { authorization: "Bearer8Kd02mQz7" } });',
    ],
  ] as const)('warns of one %s', (_what, stage, source) => {
    const found = told(stage, source).filter((line) => line.includes('looks like a secret'));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('APP_SECRET');
  });

  it('never repeats a secret', () => {
    const all = told(
      'token',
      'const token = "8Kd02mQz7RfT5vB1nYp3LwX9"; reqBody.put("appSecret", "demo-secret");',
    );
    expect(all).toHaveLength(2);
    expect(all.join()).not.toMatch(/8Kd02|demo-secret/);
  });
});

describe('any text', () => {
  it('that cannot be read gets its one syntax error', () => {
    expect(diagnoseStage('create', 'fromField.add({ name: "Reson" });\nif (')).toMatchObject([
      { line: 2, severity: 'error' },
    ]);
  });

  it.each([
    ['a chain of ten thousand calls', `fromField${'.fluentAdd({ name: "Reason" })'.repeat(10_000)};`],
    ['a sum of twenty thousand', `const x = ${'1+'.repeat(20_000)}1;`],
    ['brackets within brackets', `const x = ${'['.repeat(2_000)}${']'.repeat(2_000)};`],
    ['twenty thousand unknown names', Array.from({ length: 20_000 }, (_, i) => `u${i};`).join('\n')],
  ])('is diagnosed in time: %s', (_what, source) => {
    const startedAt = performance.now();
    expect(diagnoseStage('create', source).length).toBeLessThanOrEqual(200);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
