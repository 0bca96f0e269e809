import { recordOf } from '../../server/contract/record.ts';
import { STAGES } from '../../server/contract/stage.ts';
import type { Stage } from '../../server/contract/stage.ts';

/** `scripts/stage.d.ts` taken apart. */
export interface StageDeclarations {
  /** The types, which every stage may use. */
  readonly types: string;
  /** What each stage has in scope beside the globals, by name: the declaration with its comment. */
  readonly names: Readonly<Record<Stage, ReadonlyMap<string, string>>>;
}

/** A variable's declaration with the comment above it. */
const DECLARATION = /(?:^\/\*\*[^\n]*\*\/\n)?^declare (?:const|let) (\w+): [^\n]+;$/gm;

/**
 * Takes `stage.d.ts` apart, which declares the names of all stages at once and says in `StageNames` which stage has which.
 * @throws Error when a stage is not in `StageNames`, or names something that is not declared
 */
export function readStageDeclarations(text: string): StageDeclarations {
  const declarations = new Map([...text.matchAll(DECLARATION)].map(([whole, name = '']) => [name, whole]));
  const lists = /^interface StageNames \{\n(.*?)^\}/ms.exec(text)?.[1] ?? '';
  const namesOf = (stage: Stage): ReadonlyMap<string, string> => {
    const list = new RegExp(`^ {2}${stage}: (.*);$`, 'm').exec(lists)?.[1];
    if (list === undefined) throw new Error(`scripts/stage.d.ts: StageNames has no ${stage}`);
    const names = [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
    return new Map(names.map((name) => [name, declared(name)]));
  };
  const declared = (name: string): string => {
    const declaration = declarations.get(name);
    if (declaration === undefined) throw new Error(`scripts/stage.d.ts does not declare ${name}`);
    // The comment begins with the stages that have the name, and here there is one stage only.
    return declaration.replace(/^\/\*\* [a-z, ]+: (.)/, (_, first: string) => `/** ${first.toUpperCase()}`);
  };
  return {
    types: text.replace(DECLARATION, ''),
    names: recordOf(STAGES, namesOf),
  };
}
