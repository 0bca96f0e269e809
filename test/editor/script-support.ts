import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import ts from 'typescript';
import { declarationsOf } from '../../editor/script/declarations.ts';
import { scriptFile } from '../../editor/script/places.ts';
import type { Change } from '../../editor/script/worker/author-text.ts';
import { ScriptWorker } from '../../editor/script/worker/script-worker.ts';
import type { Stage } from '../../server/contract/stage.ts';
import { VARIABLES } from '../../server/contract/variables.ts';
import { readDeclarations, showProvider } from '../../server/catalogue/providers.ts';
import { loadProvider } from '../../server/providers/provider.ts';

/** Where TypeScript keeps its libraries, and its words in other languages. */
export const typescriptFolder = dirname(createRequire(import.meta.url).resolve('typescript'));
const language = Object.fromEntries(
  readdirSync(typescriptFolder)
    .filter((file) => file.startsWith('lib.') && file.endsWith('.d.ts'))
    .map((file) => [file, readFileSync(`${typescriptFolder}/${file}`, 'utf8')]),
);

/** The provider whose scripts are written. */
export const dingtalk = showProvider(loadProvider('dingtalk'), undefined);

const {
  'globals.d.ts': globals = '',
  'java.d.ts': java = '',
  'stage.d.ts': stageText = '',
} = readDeclarations();

/** What the editor tells TypeScript of the sandbox. */
export const declarations = declarationsOf({ globals, java, stage: stageText }, [dingtalk], VARIABLES);

/** An author's script as the editor's worker sees it; its text can be replaced. */
export interface OpenScript {
  readonly worker: ScriptWorker;
  readonly file: string;
  text: string;
}

/** Opens a script in a worker of its own. */
export function openScript(stage: Stage, text: string): OpenScript {
  const file = scriptFile({ provider: 'dingtalk', stage }, 1);
  let version = 1;
  let current = text;
  const mirror = { uri: { toString: () => file }, getValue: () => current };
  const worker = new ScriptWorker({ ts, libraryOfLanguage: language }, () => [{ ...mirror, version }]);
  worker.setLibraries(declarations);
  return {
    worker,
    file,
    get text() {
      return current;
    },
    set text(next) {
      current = next;
      version += 1;
    },
  };
}

/** The text with changes applied, which do not overlap. */
export const withChanges = (text: string, changes: readonly Change[]): string =>
  changes
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (all, { span, newText }) => all.slice(0, span.start) + newText + all.slice(span.start + span.length),
      text,
    );
