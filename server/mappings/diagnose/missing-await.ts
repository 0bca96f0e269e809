import type { Diagnostic } from '../../contract/mapping.ts';
import { remark } from './script.ts';
import type { Check, Script } from './script.ts';
import { callOf, memberOf, nameOf } from './tree.ts';
import type { Node, Tree } from './tree.ts';

/** Calls that answer a promise whose value is used, or dropped, as if it were there already. */
export const missingAwait: Check = (script) =>
  script.tree.ofType('CallExpression').flatMap((call) => {
    const called = promiseCall(call, script);
    if (called === undefined) return [];
    const use = useOf(call, script);
    return use === 'fine' ? [] : [told(script.tree, call, called, use)];
  });

type Use = 'fine' | 'wrong' | 'dropped';

function told(tree: Tree, call: Node, called: string, use: 'wrong' | 'dropped'): Diagnostic {
  return use === 'wrong'
    ? remark(
        tree,
        call,
        'error',
        `await is missing before ${called}(…): its answer is not there yet where it is used.`,
      )
    : remark(
        tree,
        call,
        'warning',
        `await is missing before ${called}(…): the script goes on, and may end, before it is done.`,
      );
}

/** What a call that answers a promise is called; undefined for other calls. */
function promiseCall(call: Node, { variables, provider, methods }: Script): string | undefined {
  const callee = callOf(call)?.callee;
  const name = nameOf(callee);
  if (name !== undefined) {
    if (variables.functionNamed(name)?.['async'] === true) return name;
    return name === 'fetch' && !variables.declared.has('fetch') ? 'fetch' : undefined;
  }
  const member = memberOf(callee);
  if (member?.name === undefined) return undefined;
  const object = nameOf(member.object);
  if (object === provider.name && !variables.declared.has(object))
    return methods.get(member.name) === true ? `${object}.${member.name}` : undefined;
  if (member.name !== 'text' && member.name !== 'json') return undefined;
  const value = object === undefined ? member.object : variables.valueOf(object);
  return isAwaitedFetch(value) ? `${object ?? '(…)'}.${member.name}` : undefined;
}

const isAwaitedFetch = (node: Node | undefined): boolean =>
  node?.type === 'AwaitExpression' && nameOf(callOf(node['argument'])?.callee) === 'fetch';

const OF_PROMISES = ['then', 'catch', 'finally'];

/** These do something with a value at once: a promise is never what they want. */
const AT_ONCE = [
  'add',
  'fluentAdd',
  'put',
  'fluentPut',
  'stringify',
  'toJSONString',
  'format',
  'log',
  'info',
  'warn',
  'error',
  'debug',
  'println',
];

/** What becomes of a promise. Where that cannot be seen it is fine. */
function useOf(promise: Node, script: Script): Use {
  const { tree } = script;
  let inObject = false;
  for (
    let node = promise, above = tree.parentOf(node);
    above !== undefined;
    node = above, above = tree.parentOf(node)
  ) {
    switch (above.type) {
      case 'ChainExpression':
      case 'LogicalExpression':
      case 'SequenceExpression':
        break;
      case 'ConditionalExpression':
        if (above['test'] === node) return 'wrong';
        break;
      case 'Property':
      case 'ObjectExpression':
        inObject = true;
        break;
      case 'MemberExpression':
        if (above['object'] !== node) return 'fine';
        return OF_PROMISES.includes(memberOf(above)?.name ?? '') ? 'fine' : 'wrong';
      case 'ExpressionStatement':
        return 'dropped';
      case 'ReturnStatement':
        return inObject ? 'wrong' : 'fine';
      case 'UnaryExpression':
        return above['operator'] === 'void' ? 'fine' : 'wrong';
      case 'BinaryExpression':
      case 'TemplateLiteral':
      case 'IfStatement':
      case 'SwitchStatement':
      case 'ForOfStatement':
      case 'SpreadElement':
        return 'wrong';
      case 'CallExpression':
        return isAtOnce(above) ? 'wrong' : 'fine';
      case 'VariableDeclarator':
        return inObject ? 'fine' : useOfVariable(above, script);
      default:
        return 'fine';
    }
  }
  return 'fine';
}

function isAtOnce(call: Node): boolean {
  const callee = callOf(call)?.callee;
  return AT_ONCE.includes(memberOf(callee)?.name ?? '') || nameOf(callee) === 'String';
}

/** A promise in a variable is fine when it is awaited, handed on or returned anywhere later. */
function useOfVariable(declarator: Node, { tree, variables }: Script): Use {
  const name = nameOf(declarator['id']);
  if (name === undefined) return 'wrong';
  if (variables.valueOf(name) === undefined) return 'fine';
  const uses = variables.usesOf(name).map((node) => {
    const above = tree.parentOf(node);
    if (above?.type === 'MemberExpression' && above['object'] === node)
      return OF_PROMISES.includes(memberOf(above)?.name ?? '') ? 'fine' : 'wrong';
    return ['BinaryExpression', 'TemplateLiteral', 'IfStatement'].includes(above?.type ?? '')
      ? 'wrong'
      : 'fine';
  });
  return uses.includes('wrong') && !uses.includes('fine') ? 'wrong' : 'fine';
}
