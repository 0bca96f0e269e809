import type { Diagnostic } from '../../contract/mapping.ts';
import { secretKey } from '../../sandbox/mask.ts';
import { isAddress, isPlaceholder, looksRandom } from '../secret-literal.ts';
import { remark } from './script.ts';
import type { Check, Script } from './script.ts';
import { callOf, keyOf, memberOf, nameOf, textOf } from './tree.ts';
import type { Node, Tree } from './tree.ts';

/** Shorter ones are words too often. */
const SHORTEST_SECRET = 6;
const SHORTEST_NAMED = 8;

/** Secrets that stand in the text, where everyone with the right to read versions may find them. */
export const typedSecrets: Check = (script) =>
  [...script.tree.ofType('Literal'), ...script.tree.ofType('TemplateElement')].flatMap((node) => {
    const text = node.type === 'Literal' ? textOf(node) : (node['value'] as { cooked: string | null }).cooked;
    return text === undefined || text === null ? [] : told(script, node, text);
  });

function told(script: Script, node: Node, text: string): Diagnostic[] {
  const { tree, stage, appSecret, otherSecrets, ids } = script;
  const holds = (secret: string): boolean => secret.length >= SHORTEST_SECRET && text.includes(secret);
  const mend =
    stage === 'token'
      ? 'write APP_SECRET, without quotes, in its place'
      : "take it out: the token stage has APP_SECRET, and the client brings the channel's access token by itself";
  if (holds(appSecret)) return [remark(tree, node, 'error', `This is the channel's own secret: ${mend}.`)];
  if (otherSecrets.some(holds))
    return [
      remark(tree, node, 'error', 'This is a secret of the channel, which no script needs: take it out.'),
    ];
  if (ids.includes(text) || isPlaceholder(text) || isAddress(text)) return [];
  const name = givenTo(tree, node);
  const isNamed =
    name !== undefined && secretKey(name) && text.length >= SHORTEST_NAMED && /^\S*\d\S*$/.test(text);
  if (!isNamed && !looksRandom(text)) return [];
  const kept = 'Secrets are kept in the channel, encrypted';
  return [remark(tree, node, 'warning', `This looks like a secret typed into the script. ${kept}: ${mend}.`)];
}

/** The name that a literal is given to: `{name: …}`, `name = …`, `o.name = …`, `.put("name", …)`. */
function givenTo(tree: Tree, node: Node): string | undefined {
  const above = tree.parentOf(node);
  switch (above?.type) {
    case 'Property':
      return above['value'] === node ? keyOf(above) : undefined;
    case 'VariableDeclarator':
      return nameOf(above['id']);
    case 'AssignmentExpression':
      return nameOf(above['left']) ?? memberOf(above['left'])?.name;
    case 'CallExpression': {
      const { callee, args } = callOf(above) ?? { args: [] };
      return args[1] === node && memberOf(callee) !== undefined ? textOf(args[0]) : undefined;
    }
    default:
      return undefined;
  }
}
