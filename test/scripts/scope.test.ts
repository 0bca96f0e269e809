import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScripts, type ScriptRunner } from './support.ts';

/** The declarations that an author's editor reads, held against the sandbox itself. */

let scripts: ScriptRunner;
beforeAll(async () => {
  scripts = await startScripts('dingtalk');
});
afterAll(() => {
  scripts.close();
});

const declarations = ['globals.d.ts', 'java.d.ts'].flatMap((file) => {
  const text = readFileSync(new URL(`../../scripts/${file}`, import.meta.url), 'utf8');
  return [...ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements];
});

/** Names that exist when a script runs; interfaces do not. */
const declared = declarations.flatMap((statement) => {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map((each) => each.name.getText());
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return [statement.name?.text ?? ''];
  return [];
});

const everywhere = vm.runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];

it('declares every name that a stage finds in scope, and no other', async () => {
  const { result } = await scripts.call('', 'return Object.getOwnPropertyNames(globalThis)');
  const own = ['accessToken', 'approvalInstanceId', 'dingtalk']; // of the sync stage: stage.d.ts
  const inScope = (result as string[]).filter((name) => !everywhere.includes(name) && !own.includes(name));
  expect(inScope.sort()).toEqual([...new Set(declared)].filter((name) => !everywhere.includes(name)).sort());
});

it.each(['JSONObject', 'JSONArray', 'ArrayList', 'HashMap', 'StringBuilder'])(
  'declares the methods of %s',
  async (name) => {
    const statement = declarations.filter(ts.isClassDeclaration).find((each) => each.name?.text === name);
    const methods = statement?.members
      .filter(ts.isMethodDeclaration)
      .filter((each) => ts.isIdentifier(each.name));
    const { result } = await scripts.call('', `return Object.getOwnPropertyNames(${name}.prototype)`);
    const described = ['constructor', 'toString', 'toJSON']; // every object's, and JSON.stringify's
    const actual = (result as string[]).filter((method) => !described.includes(method));
    const written = new Set(
      methods?.map((each) => each.name.getText()).filter((method) => !described.includes(method)),
    );
    expect(actual.sort()).toEqual([...written].sort());
  },
);
