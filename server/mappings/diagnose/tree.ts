import { convert } from '../../contract/convert.ts';
import { FunctionBodyParser } from '../../contract/convert/function-body.ts';
import { indexLines } from '../../contract/convert/places.ts';
import type { Place } from '../../contract/convert/places.ts';

/** A syntax node (ESTree). Offsets are of the converted text; `Tree.place` tells the author's. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A script's syntax, laid flat: nothing that walks it calls itself, so that no nesting of an author's ends our stack. */
export interface Tree {
  /** All nodes, each behind the one it stands in, in the order of the text. */
  readonly nodes: readonly Node[];
  ofType(type: string): readonly Node[];
  parentOf(node: Node): Node | undefined;
  /** Where a node begins in the author's text. */
  place(node: Node): Place;
  /** The function in which a node stands; undefined at the top of the script. */
  functionOf(node: Node): Node | undefined;
}

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

export const isFunction = (node: Node): boolean => FUNCTIONS.includes(node.type);

/**
 * Reads a stage script, Java-flavoured or not.
 * @throws ScriptSyntaxError
 */
export function readTree(source: string): Tree {
  const { code, toAuthorOffset } = convert(source);
  const lines = indexLines(source);
  const { nodes, parents } = flatten(new FunctionBodyParser(code).parse() as Node);
  const byType = Map.groupBy(nodes, (node) => node.type);
  const parentOf = (node: Node): Node | undefined => parents.get(node);
  return {
    nodes,
    ofType: (type) => byType.get(type) ?? [],
    parentOf,
    place: (node) => lines.place(toAuthorOffset(node.start)),
    functionOf(node) {
      let above = parentOf(node);
      while (above !== undefined && !isFunction(above)) above = parentOf(above);
      return above;
    },
  };
}

function flatten(root: Node): { nodes: Node[]; parents: Map<Node, Node> } {
  const nodes: Node[] = [];
  const parents = new Map<Node, Node>();
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    nodes.push(node);
    for (const child of childrenOf(node).reverse()) {
      parents.set(child, node);
      waiting.push(child);
    }
  }
  return { nodes, parents };
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter(isNode)
    .sort((a, b) => a.start - b.start);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  'start' in value &&
  typeof value.type === 'string';

/** The name of an identifier node, else undefined. */
export const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' ? (node['name'] as string) : undefined;

/** The text of a string literal, or of a template without expressions; else undefined. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type !== 'TemplateLiteral' || (node['expressions'] as unknown[]).length > 0) return undefined;
  const [quasi] = node['quasis'] as readonly [Node];
  return (quasi['value'] as { cooked: string | null }).cooked ?? undefined;
}

/** `object.name` of a member expression, `name` undefined when computed. */
export function memberOf(node: unknown): { object: Node; name: string | undefined } | undefined {
  if (!isNode(node) || node.type !== 'MemberExpression') return undefined;
  const name = node['computed'] === true ? textOf(node['property']) : nameOf(node['property']);
  return { object: node['object'] as Node, name };
}

/** A call's callee and arguments; undefined for other nodes. */
export function callOf(node: unknown): { callee: Node; args: readonly Node[] } | undefined {
  if (!isNode(node) || node.type !== 'CallExpression') return undefined;
  return { callee: node['callee'] as Node, args: node['arguments'] as readonly Node[] };
}

/** The value under a plain key of an object literal. */
export function propertyOf(object: Node, key: string): Node | undefined {
  if (object.type !== 'ObjectExpression') return undefined;
  const found = (object['properties'] as readonly Node[]).find((each) => keyOf(each) === key);
  return found?.['value'] as Node | undefined;
}

/** A property's key as text; undefined when it is computed, or a spread. */
export function keyOf(property: Node): string | undefined {
  if (property.type !== 'Property' || property['computed'] === true) return undefined;
  const key = property['key'] as Node;
  return nameOf(key) ?? String(key['value']);
}
