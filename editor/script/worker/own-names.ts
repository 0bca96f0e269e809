import type ts from 'typescript';
import { STAGES } from '../../../server/contract/stage.ts';
import { fileIn } from '../places.ts';
import type { ScriptPlace } from '../places.ts';

/** Reads a library's text. */
type Read = (file: string) => string | undefined;

const DECLARED = /^declare (?:const|let) (\w+)/gm;

/** TypeScript sorts by this text: a script's own locals have "11", all globals and keywords "15". */
const AFTER_LOCALS = '12';

/** The names that make a stage script what it is: the variables, the stage's own, the provider's client. */
export function namesIn({ provider, stage }: ScriptPlace, read: Read): Set<string> {
  const files = [
    fileIn('sandbox', 'variables.d.ts'),
    fileIn('stage', `${stage}.d.ts`),
    fileIn('provider', `${provider}.d.ts`),
  ];
  return new Set(files.flatMap((file) => declaredIn(file, read)));
}

/** The stages that have a name which is not everywhere. */
export const stagesThatHave = (name: string, read: Read): string[] =>
  STAGES.filter((stage) => declaredIn(fileIn('stage', `${stage}.d.ts`), read).includes(name));

/** Sorts these names above JavaScript's globals. */
export const putOwnNamesFirst = (
  entries: readonly ts.CompletionEntry[],
  own: ReadonlySet<string>,
): ts.CompletionEntry[] =>
  entries.map((entry) =>
    own.has(entry.name) && entry.sortText > AFTER_LOCALS ? { ...entry, sortText: AFTER_LOCALS } : entry,
  );

const declaredIn = (file: string, read: Read): string[] =>
  [...(read(file) ?? '').matchAll(DECLARED)].map(([, name = '']) => name);
