import { STAGES } from '../../server/contract/stage.ts';
import type { Stage } from '../../server/contract/stage.ts';

/** The folders that the editor's files lie in, as far as TypeScript and Monaco are concerned; none of them is on a disk. */
export type Folder = 'sandbox' | 'stage' | 'provider' | 'client' | 'script';

/** What a script is written for: it decides which declarations it sees. */
export interface ScriptPlace {
  readonly provider: string;
  readonly stage: Stage;
}

/** The address of one file. */
export const fileIn = (folder: Folder, name: string): string => `file:///${folder}/${name}`;

/**
 * The address of a script. The provider and the stage are part of it, so that TypeScript's worker knows from it what is in scope.
 * @param number tells apart the scripts of one stage
 */
export const scriptFile = ({ provider, stage }: ScriptPlace, number: number): string =>
  fileIn('script', `${provider}/${stage}/${number}.js`);

/** Reads the address of a script; undefined for any other file. */
export function placeOf(file: string): ScriptPlace | undefined {
  const [, provider, stage] = /^file:\/\/\/script\/([^/]+)\/([^/]+)\//.exec(file) ?? [];
  const known = STAGES.find((each) => each === stage);
  return provider === undefined || known === undefined ? undefined : { provider, stage: known };
}

/** The declarations that a script sees. */
export const librariesOf = ({ provider, stage }: ScriptPlace): string[] => [
  ...['globals.d.ts', 'java.d.ts', 'stage.d.ts', 'variables.d.ts'].map((name) => fileIn('sandbox', name)),
  fileIn('stage', `${stage}.d.ts`),
  fileIn('provider', `${provider}.d.ts`),
];
