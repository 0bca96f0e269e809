import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import type { Stage } from '../../contract/stage.ts';
import { completeVariables } from '../../contract/variables.ts';
import { namesOf } from '../../executions/scope.ts';
import type { KnownNames } from '../../executions/scope.ts';
import type { Provider } from '../../providers/provider.ts';

/** What authors are told of every script's scope (java.d.ts, globals.d.ts); stage.d.ts has what single stages have. */
const SCRIPTS = new URL('../../../scripts/', import.meta.url);
const OF_SINGLE_STAGES = 'stage.d.ts';

let everywhere: ReadonlySet<string> | undefined;

/** JavaScript's own names, as a fresh context of V8 has them, and those that the sandbox adds. */
function namesEverywhere(): ReadonlySet<string> {
  if (everywhere === undefined) {
    const language = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];
    const files = readdirSync(SCRIPTS).filter((file) => file.endsWith('.d.ts') && file !== OF_SINGLE_STAGES);
    const declared = files.flatMap((file) => [
      ...readFileSync(new URL(file, SCRIPTS), 'utf8').matchAll(
        /^declare (?:const|let|class|function) (\w+)/gm,
      ),
    ]);
    everywhere = new Set([...language, ...declared.map(([, name]) => name ?? ''), 'arguments']);
  }
  return everywhere;
}

/** Tells whether a script of a stage has a name in scope, and what it may have meant by one that it has not. */
export interface Scope extends KnownNames {
  has(name: string): boolean;
}

const NO_CHANNEL = {
  ...{ appId: '', appSecret: '', corpId: '', apiBaseUrl: '', legacyApiBaseUrl: '', defaultOriginator: '' },
  ...{ allowedHosts: [], otherSecrets: [] },
};

/** The names in scope of a stage of a provider. */
export function scopeOf(stage: Stage, provider: Provider): Scope {
  const run = { stage, provider, channel: NO_CHANNEL, variables: completeVariables({}), source: '', key: '' };
  const names = namesOf(run);
  const inScope = new Set(names.inScope);
  return { ...names, has: (name) => inScope.has(name) || namesEverywhere().has(name) };
}
