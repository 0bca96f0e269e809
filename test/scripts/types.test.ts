import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../server/contract/variables.ts';
import { checkScripts, checkStage } from './typecheck.ts';

/** What an author's editor says of a stage script is what runs. */

describe('scripts/', () => {
  it('passes the type check: declarations, clients, default stages, results as documented', () => {
    expect(checkScripts()).toEqual([]);
  });

  it('describes the 31 variables as the catalogue does', () => {
    const path = new URL('../../scripts/globals.d.ts', import.meta.url);
    const file = ts.createSourceFile(
      'globals.d.ts',
      readFileSync(path, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const described = file.statements.filter(ts.isVariableStatement).map((statement) => {
      const [comment] = ts.getJSDocCommentsAndTags(statement);
      return [statement.declarationList.declarations[0]?.name.getText(), comment?.comment];
    });
    const expected = VARIABLES.map(({ name, meaning, sample }) => [
      name,
      `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}, e.g. \`${sample}\`.`,
    ]);
    expect(described.slice(0, VARIABLES.length)).toEqual(expected);
  });
});

describe('a stage script', () => {
  const problems = (text: string): string[] =>
    checkStage('dingtalk', 'create', text).map(({ line, column, message }) => `${line}:${column} ${message}`);

  it('may await and return at top level, or return nothing', () => {
    expect(problems('const made = await dingtalk.create();\nreturn made;')).toEqual([]);
    expect(problems('fromField.add({ name: "Task ID", value: TASK_ID });')).toEqual([]);
  });

  it.each([
    ['what Node has and the sandbox has not', 'return process.env', "1:8 Cannot find name 'process'"],
    ['what a browser has', '\nalert(1)', "2:1 Cannot find name 'alert'"],
    [
      'a name of another stage',
      'const id =\n  approvalInstanceId;',
      '2:3 approvalInstanceId is not in scope in the create stage',
    ],
    ['a misspelled variable', 'console.log(TASK_IDD)', "1:13 Cannot find name 'TASK_IDD'"],
    ['a result of the wrong shape', 'return { id: "x" }', "Property 'approvalInstanceId' is missing"],
    ['a call that the client has not', 'await dingtalk.approve()', "Property 'approve' does not exist"],
  ])('is told about %s', (_words, text, told) => {
    expect(problems(text).join('\n')).toContain(told);
  });
});
