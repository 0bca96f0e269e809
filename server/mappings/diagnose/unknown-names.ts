import type { Diagnostic } from '../../contract/mapping.ts';
import { scopeOf } from './known-names.ts';
import type { Scope } from './known-names.ts';
import { nearest } from './nearest.ts';
import { remark } from './script.ts';
import type { Check, Script } from './script.ts';
import { memberOf, nameOf } from './tree.ts';
import type { Node } from './tree.ts';

/** Names that nobody declared: misspelt variables, those of another stage, and methods that the provider's client does not have. */
export const unknownNames: Check = (script) => [...unknownVariables(script), ...unknownMethods(script)];

/** Looking for what was meant takes its time. */
const MOST_NAMES = 100;

function unknownVariables({ tree, variables, stage, provider }: Script): Diagnostic[] {
  const scope = scopeOf(stage, provider);
  const names = new Set(tree.ofType('Identifier').map((node) => nameOf(node) ?? ''));
  return [...names]
    .filter((name) => !variables.declared.has(name) && !scope.has(name))
    .slice(0, MOST_NAMES)
    .flatMap((name) => {
      const uses = variables.usesOf(name).filter((node) => !isTypeof(tree.parentOf(node)));
      const message = uses.length === 0 ? '' : wordsFor(name, scope, [...variables.declared]);
      return uses.map((node) => remark(tree, node, 'error', message));
    });
}

/** `typeof x` is how a script asks whether there is an x. */
const isTypeof = (parent: Node | undefined): boolean =>
  parent?.type === 'UnaryExpression' && parent['operator'] === 'typeof';

function wordsFor(name: string, { inScope, elsewhere }: Scope, own: readonly string[]): string {
  const stages = elsewhere.get(name) ?? [];
  if (stages.length > 0)
    return `${name} is in scope in the ${stages.join(' and ')} ${stages.length === 1 ? 'stage' : 'stages'} only.`;
  const meant = nearest(name, [...own, ...inScope], 0.25);
  return `${name} is not defined.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
}

function unknownMethods({ tree, variables, provider, methods }: Script): Diagnostic[] {
  if (methods.size === 0 || variables.declared.has(provider.name)) return [];
  return tree.ofType('MemberExpression').flatMap((node) => {
    const member = memberOf(node);
    if (member?.name === undefined || nameOf(member.object) !== provider.name) return [];
    if (methods.has(member.name) || member.name in Object.prototype) return [];
    const meant = nearest(member.name, [...methods.keys()], 0.4);
    const hint = meant === undefined ? `It has ${[...methods.keys()].join(', ')}.` : `Did you mean ${meant}?`;
    return [remark(tree, node, 'error', `${provider.name} has no method ${member.name}. ${hint}`)];
  });
}
