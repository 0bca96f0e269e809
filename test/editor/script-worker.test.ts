import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dingtalk, openScript, typescriptFolder, withChanges } from './script-support.ts';
import type { OpenScript } from './script-support.ts';
import { STAGES } from '../../server/contract/stage.ts';
import { VARIABLES } from '../../server/contract/variables.ts';

/** What an author is told while he writes, asked as Monaco asks it. A place in a text is where its `|` stands. */

let create: OpenScript;
beforeAll(() => {
  create = openScript('create', '');
});

/** Takes the text without its `|`, and tells where that stood. */
function at(marked: string): number {
  create.text = marked.replace('|', '');
  return marked.indexOf('|');
}

const problems = (text: string, { worker, file } = create): string[] => {
  at(text);
  return worker.getProblems(file).map(({ severity, span, message }) => {
    return `${severity} ${text.slice(span.start, span.start + span.length)}: ${message}`;
  });
};

const completions = (marked: string): string[] => {
  const { worker, file } = create;
  return worker.getCompletions(file, at(marked))?.entries.map(({ name }) => name) ?? [];
};

describe('problems', () => {
  it.each(STAGES)('finds none in the default script of %s', (stage) => {
    const { worker, file } = openScript(stage, dingtalk.scripts[stage]);
    expect(worker.getProblems(file)).toEqual([]);
  });

  it('finds none in Java-flavoured text', () => {
    const text = [
      'String multiValue = String.format("%s, %s", TASK_URL, AUTH_SENSITIVE)',
      'int count = (int) 3.7;',
      'int[] sizes = new int[3];',
      'final List<String> names = new ArrayList<String>();',
      'for (String name : names) { fromField.add(new JSONObject().fluentPut("name", name)) }',
      'sizes[0] = count; names.forEach(x -> console.log(x, multiValue));',
    ];
    expect(problems(text.join('\n'))).toEqual([]);
  });

  it('finds the right place behind a form that grew', () => {
    expect(problems('int n = (int) 3.7; nothing(n)')).toEqual(["error nothing: Cannot find name 'nothing'."]);
  });

  it('names the stages that have a name', () => {
    expect(problems('console.log(approvalInstanceId)')).toEqual([
      'error approvalInstanceId: approvalInstanceId is in scope in the revoke and sync stages only.',
    ]);
  });

  it('makes an error of what fails, and a warning of what may well run', () => {
    expect(problems('dingtalk.approve()')[0]).toMatch(/^error approve: Property 'approve' does not exist/);
    expect(problems('let a = 1; a = "one"; console.log(a)')[0]).toMatch(/^warning a: Type 'string'/);
  });

  it('is told in Chinese, and in English again', () => {
    const { worker } = create;
    const chinese = JSON.parse(
      readFileSync(`${typescriptFolder}/zh-cn/diagnosticMessages.generated.json`, 'utf8'),
    ) as Record<string, string>;
    onTestFinished(() => worker.setMessages(undefined));
    const misspelt = 'console.log(TASK_IDD)';
    expect(problems(misspelt)).toEqual([
      "error TASK_IDD: Cannot find name 'TASK_IDD'. Did you mean 'TASK_ID'?",
    ]);
    worker.setMessages(chinese);
    expect(problems(misspelt)).toEqual(['error TASK_IDD: 找不到名称“TASK_IDD”。你是否指的是“TASK_ID”?']);
    worker.setMessages(undefined);
    expect(problems(misspelt)[0]).toContain('Cannot find name');
  });

  it('keeps the scripts of two stages apart', () => {
    const { worker, file } = openScript('sync', 'const made = 1; console.log(approvalInstanceId, made)');
    expect(problems('const made = 2; console.log(made)')).toEqual([]);
    expect(worker.getProblems(file)).toEqual([]);
  });
});

describe('completion', () => {
  it('has the 31 variables, what the stage has in scope, the client, and nothing of other stages or of browsers', () => {
    const names = completions('console.log(|)');
    expect(names).toEqual(expect.arrayContaining(VARIABLES.map(({ name }) => name)));
    expect(names).toEqual(
      expect.arrayContaining(['accessToken', 'fromField', 'reqBody', 'dingtalk', 'JSONObject']),
    );
    expect(names).not.toEqual(expect.arrayContaining(['approvalInstanceId']));
    for (const name of ['event', 'APP_SECRET', 'window', 'document', 'process'])
      expect(names).not.toContain(name);
  });

  it('knows the client, and what a Java-flavoured name holds', () => {
    expect(completions('await dingtalk.|')).toEqual(
      expect.arrayContaining(['create', 'userByMobile', 'api']),
    );
    expect(completions('String note = TASK_ID; note.|')).toContain('equalsIgnoreCase');
  });

  it('explains a variable with meaning and sample', () => {
    const { worker, file } = create;
    const details = worker.getCompletionDetails(file, at('console.log(TASK_|)'), 'TASK_ID');
    expect(details?.documentation?.map(({ text }) => text)).toEqual(['Task id, e.g. `T-2026-1182`.']);
  });
});

describe('a name', () => {
  it('is explained where it stands in the author’s text', () => {
    const { worker, file } = create;
    const info = worker.getQuickInfo(file, at('int n = (int) 3.7; String no|te = "x"'));
    expect(info?.displayParts?.map(({ text }) => text).join('')).toBe('let note: string');
    expect(info?.textSpan).toEqual({ start: 26, length: 4 });
  });

  it('is renamed everywhere, the Java type beside it stays', () => {
    const { worker, file } = create;
    const { spans } = worker.getRename(
      file,
      at('int n = (int) 3.7; String no|te = "x"; console.log(note, (int) n, note)'),
    );
    const renamed = withChanges(
      create.text,
      spans.map((span) => ({ span, newText: 'remark' })),
    );
    expect(renamed).toBe('int n = (int) 3.7; String remark = "x"; console.log(remark, (int) n, remark)');
  });

  it('of the sandbox cannot be renamed', () => {
    const { worker, file } = create;
    expect(worker.getRename(file, at('console.log(TASK_|ID)'))).toEqual({
      refused: 'TASK_ID is not declared in this script: it cannot be renamed here.',
      spans: [],
    });
  });

  it('of the client leads to the client’s source', () => {
    const { worker, file } = create;
    const [place] = worker.getDefinitions(file, at('await dingtalk.cre|ate()'));
    expect(place?.fileName).toBe('file:///client/dingtalk.js');
    expect(dingtalk.client.slice(place?.textSpan.start)).toMatch(/^create\(/);
  });

  it('that is misspelt is mended', () => {
    const { worker, file } = create;
    const start = at('int n = (int) 1; console.log(n, |TASK_UL)');
    const [fix] = worker.getSpellings(file, start, start + 7, 2552);
    expect(withChanges(create.text, fix?.changes ?? [])).toBe('int n = (int) 1; console.log(n, TASK_URL)');
  });
});
