import { isFunction, nameOf } from './tree.ts';
import type { Node, Tree } from './tree.ts';

/** The names that a script declares itself, and where it uses which. Scopes are not told apart: better silent than wrong. */
export interface Variables {
  readonly declared: ReadonlySet<string>;
  /** The value that a name is declared with, when it is declared once and never assigned again. */
  valueOf(name: string): Node | undefined;
  /** Where a name's value is used, its declarations left out. */
  usesOf(name: string): readonly Node[];
  /** The function of that name, when there is one and nothing else has it. */
  functionNamed(name: string): Node | undefined;
}

/** Reads the declarations of a script. */
export function readVariables(tree: Tree): Variables {
  const declarations = new Map<string, Node[]>();
  const bound = new Set<Node>();
  const declare = (pattern: unknown, by: Node): void => {
    for (const identifier of identifiersIn(pattern)) {
      bound.add(identifier);
      const name = nameOf(identifier) ?? '';
      declarations.set(name, [...(declarations.get(name) ?? []), by]);
    }
  };
  for (const node of tree.nodes) {
    if (node.type === 'VariableDeclarator') declare(node['id'], node);
    else if (node.type === 'CatchClause') declare(node['param'], node);
    else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') declare(node['id'], node);
    else if (isFunction(node)) {
      declare(node['id'], node);
      for (const parameter of node['params'] as readonly Node[]) declare(parameter, parameter);
    }
  }
  const uses = Map.groupBy(
    tree.ofType('Identifier').filter((node) => !bound.has(node) && isUse(node, tree.parentOf(node))),
    (node) => nameOf(node) ?? '',
  );
  const assigned = new Set(
    tree
      .ofType('AssignmentExpression')
      .flatMap((node) => identifiersIn(node['left']).map((each) => nameOf(each))),
  );

  const onlyDeclaration = (name: string): Node | undefined => {
    const all = declarations.get(name) ?? [];
    return all.length === 1 && !assigned.has(name) ? all[0] : undefined;
  };
  const valueOf = (name: string): Node | undefined => {
    const declaration = onlyDeclaration(name);
    // A destructured name holds a part of the value only.
    return declaration?.type === 'VariableDeclarator' && nameOf(declaration['id']) === name
      ? ((declaration['init'] as Node | null) ?? undefined)
      : undefined;
  };
  return {
    declared: new Set(declarations.keys()),
    valueOf,
    usesOf: (name) => uses.get(name) ?? [],
    functionNamed(name) {
      const declaration = onlyDeclaration(name);
      const found = declaration?.type === 'VariableDeclarator' ? valueOf(name) : declaration;
      return found !== undefined && isFunction(found) ? found : undefined;
    },
  };
}

/** The names that a pattern binds: `a`, `{a, b: [c = 1]}`, `...rest`. */
function identifiersIn(pattern: unknown): Node[] {
  const found: Node[] = [];
  const waiting = [pattern];
  while (waiting.length > 0) {
    const node = waiting.pop() as Node | null | undefined;
    switch (node?.type) {
      case 'Identifier':
        found.push(node);
        break;
      case 'ObjectPattern':
        waiting.push(
          ...(node['properties'] as readonly Node[]).map((each) => each['value'] ?? each['argument']),
        );
        break;
      case 'ArrayPattern':
        waiting.push(...(node['elements'] as readonly (Node | null)[]));
        break;
      case 'AssignmentPattern':
        waiting.push(node['left']);
        break;
      case 'RestElement':
        waiting.push(node['argument']);
        break;
      default:
    }
  }
  return found;
}

/** Whether an identifier names a value, not a key, a member or a label. */
function isUse(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent['property'] !== node || parent['computed'] === true;
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return parent['key'] !== node || parent['computed'] === true;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return false;
    default:
      return true;
  }
}
