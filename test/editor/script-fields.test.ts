import { beforeAll, describe, expect, it } from 'vitest';
import { judgeFields } from '../../editor/script/judge-fields.ts';
import { formNames } from '../../server/mappings/diagnose/form-names.ts';
import { readTree } from '../../server/mappings/diagnose/tree.ts';
import { readVariables } from '../../server/mappings/diagnose/variables.ts';
import type { Script } from '../../server/mappings/diagnose/script.ts';
import { loadProvider } from '../../server/providers/provider.ts';
import { dingtalk, openScript } from './script-support.ts';
import type { OpenScript } from './script-support.ts';

let create: OpenScript;
beforeAll(() => {
  create = openScript('create', '');
});

/** The names that the editor sees, and a `?` when it cannot see all of them. */
function seen(text: string): string[] {
  create.text = text;
  const { fields = [], complete = true } = create.worker.getFieldNames(create.file) ?? {};
  return [...fields.map(({ name }) => name), ...(complete ? [] : ['?'])];
}

/** The same, as the hub sees it. */
function seenByHub(text: string): string[] {
  const tree = readTree(text);
  const script = { tree, variables: readVariables(tree), provider: loadProvider('dingtalk') };
  const { fields, complete } = formNames(script as unknown as Script);
  return [...fields.map(({ name }) => name), ...(complete ? [] : ['?'])];
}

describe('the fields of a form', () => {
  it.each([
    [
      'put fluently',
      'fromField.add(new JSONObject().fluentPut("name", "A").fluentPut("value", TASK_ID))',
      ['A'],
    ],
    ['as an object', 'fromField.push({ name: "A", value: 1 }, { "name": "B" })', ['A', 'B']],
    ['in a chain', 'fromField.fluentAdd({ name: "A" }).fluentAdd(new JSONObject({ name: "B" }))', ['A', 'B']],
    [
      'by a Java-flavoured variable',
      'JSONObject o = new JSONObject(); o.put("name", "A"); fromField.add(o)',
      ['A'],
    ],
    ['by assignment', 'const o = {}; o.name = "A"; fromField.add(o)', ['A']],
    [
      'by a wrapper',
      'function field(name, value) { fromField.add({ name, value }) } field("A", 1); field("B", 2)',
      ['A', 'B'],
    ],
    ['by an arrow', 'const f = (v, n) => fromField.add({ name: n, value: v }); f(1, "A")', ['A']],
    ['by a constant', 'const title = "A"; fromField.add({ name: title })', ['A']],
    ['either of two', 'fromField.add({ name: TASK_TYPE === "x" ? "A" : "B" })', ['A', 'B']],
    ['of a date range', 'fromField.add({ name: ["Start", "End"] })', ['["Start","End"]']],
    ['handed to the client', 'return await dingtalk.create([{ name: "A" }])', ['A']],
    ['that cannot be seen', 'fromField.add({ name: TASK_NAME }); fromField.add({ name: "A" })', ['A', '?']],
    ['that come from elsewhere', 'const f = fromField; f.add({ name: "A" })', ['?']],
    ['not of the form', 'reqBody.put("name", "A")', []],
  ])('%s are seen, and the hub sees the same', (_words, text, expected) => {
    expect(seen(text).toSorted()).toEqual(expected.toSorted());
    expect(seenByHub(text).toSorted()).toEqual(expected.toSorted());
  });

  it('of the default script are seen as the hub sees them', () => {
    expect(seen(dingtalk.scripts.create)).toEqual(seenByHub(dingtalk.scripts.create));
    expect(seen(dingtalk.scripts.create)).toContain('Task ID');
  });
});

describe('the place for a field’s name', () => {
  const used = (marked: string): readonly string[] | undefined => {
    create.text = marked.replace('|', '');
    return create.worker.getFieldNameAt(create.file, marked.indexOf('|'))?.used;
  };

  it.each([
    [
      'an empty text',
      'fromField.add({ name: "A" }); fromField.add(new JSONObject().fluentPut("name", "|"))',
      ['A'],
    ],
    [
      'a text without its end',
      'fromField.add({ name: "A" })\nfromField.add(new JSONObject().put("name", "Ta|',
      ['A'],
    ],
    ['an object that is not added yet', 'const o = { name: "|" }', []],
    ['a wrapper’s call', 'function field(n, v) { fromField.add({ name: n, value: v }) } field("|", 1)', []],
    ['Java-flavoured text', 'int n = (int) 3.7; JSONObject o = new JSONObject(); o.put("name", "|");', []],
  ])('is found in %s', (_words, marked, expected) => {
    expect(used(marked)).toEqual(expected);
  });

  it.each(['o.put("value", "|")', 'console.log("|")', '"name|"', 'fromField.add({ name: |"A" })'])(
    'is not %s',
    (marked) => {
      expect(used(marked)).toBeUndefined();
    },
  );
});

describe('what is said of fields', () => {
  const form = [
    { name: 'Task ID', type: 'TextField', required: true },
    { name: '["Start","End"]', type: 'DDDateRangeField', required: true },
    { name: 'Summary', type: 'TextareaField', required: false },
  ];
  const span = { start: 3, length: 5 };

  it('names what was meant, and what is missing at the first field', () => {
    const fields = [{ name: 'Sumary', span }];
    expect(judgeFields({ fields, complete: true }, form)).toEqual([
      { kind: 'unknown', name: 'Sumary', meant: 'Summary', span },
      { kind: 'missing', name: 'Task ID', span },
      { kind: 'missing', name: '["Start","End"]', span },
    ]);
  });

  it('says once of a misspelt field that it is required', () => {
    const fields = [
      { name: 'Tsk ID', span },
      { name: '["Start","End"]', span },
    ];
    expect(judgeFields({ fields, complete: true }, form)).toEqual([
      { kind: 'unknown', name: 'Tsk ID', meant: 'Task ID', isRequired: true, span },
    ]);
  });

  it('does not miss what may come from elsewhere, and knows two titles by any blanks', () => {
    const fields = [{ name: '["Start", "End"]', span }];
    expect(judgeFields({ fields, complete: false }, form)).toEqual([]);
  });

  it('says nothing of a form that is not known', () => {
    expect(judgeFields({ fields: [{ name: 'x', span }], complete: true }, [])).toEqual([]);
  });
});
