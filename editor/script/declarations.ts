import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import { STAGES } from '../../server/contract/stage.ts';
import type { Variable } from '../../server/contract/variables.ts';
import { fileIn } from './places.ts';
import { readStageDeclarations } from './stage-names.ts';

/** The files of `scripts/` that every script has in scope. */
export interface SandboxDeclarations {
  readonly globals: string;
  readonly java: string;
  readonly stage: string;
}

/** A file for TypeScript to read, or (the provider's client) for people. */
export interface Library {
  readonly filePath: string;
  readonly content: string;
}

/**
 * What TypeScript is told of the sandbox: the globals, the task's variables in the catalogue's words, the names of each stage apart
 * (a script sees those of its own stage only), and each provider's client with its source.
 */
export function declarationsOf(
  sandbox: SandboxDeclarations,
  providers: readonly Pick<ProviderEntry, 'name' | 'types' | 'client'>[],
  variables: readonly Variable[],
): Library[] {
  const { types, names } = readStageDeclarations(sandbox.stage);
  return [
    {
      filePath: fileIn('sandbox', 'globals.d.ts'),
      content: withoutVariables(sandbox.globals, new Set(variables.map(({ name }) => name))),
    },
    { filePath: fileIn('sandbox', 'java.d.ts'), content: sandbox.java },
    { filePath: fileIn('sandbox', 'stage.d.ts'), content: types },
    { filePath: fileIn('sandbox', 'variables.d.ts'), content: variables.map(declareVariable).join('') },
    ...STAGES.map((stage) => ({
      filePath: fileIn('stage', `${stage}.d.ts`),
      content: [...names[stage].values()].join('\n'),
    })),
    ...providers.flatMap(({ name, types: declared, client }) => [
      { filePath: fileIn('provider', `${name}.d.ts`), content: declared },
      { filePath: fileIn('client', `${name}.js`), content: client },
    ]),
  ];
}

/** One variable as TypeScript declares it: completion and hover show the comment. */
export function declareVariable({ name, meaning, sample }: Variable): string {
  const said = `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}`;
  const example = sample === '' ? '' : `, e.g. \`${sample.replaceAll('`', "'")}\``;
  // Words of an admin's: they may not end the comment, nor be read as a tag of it.
  const comment = `${said}${example}.`
    .replaceAll('*/', '*\u200b/')
    .replaceAll(/\s+/g, ' ')
    .replace(/^@/, ' @');
  return `/** ${comment} */\ndeclare const ${name}: string;\n`;
}

const withoutVariables = (globals: string, names: ReadonlySet<string>): string =>
  globals.replaceAll(/^\/\*\*[^\n]*\*\/\ndeclare const (\w+): string;\n/gm, (declaration, name: string) =>
    names.has(name) ? '' : declaration,
  );
