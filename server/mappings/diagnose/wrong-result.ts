import { checkResult } from '../../executions/check-result.ts';
import { remark } from './script.ts';
import type { Check } from './script.ts';
import { keyOf, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/** What cannot be seen in the text is taken to be right: a value under each key that passes the check of the running script. */
const TAKEN_TO_BE_RIGHT: Readonly<Record<string, unknown>> = {
  accessToken: 'token',
  expiresIn: 1,
  approvalInstanceId: 'instance',
  revoked: true,
  status: 'pending',
};

/** Answers that the stage is not allowed to give, where they are written out: told in the words of the run that would fail. */
export const wrongResult: Check = ({ tree, stage }) =>
  tree
    .ofType('ReturnStatement')
    .filter((node) => tree.functionOf(node) === undefined)
    .flatMap((node) => answersOf(node['argument'] as Node | null))
    .flatMap((answer) => {
      const json = jsonOf(answer);
      const checked = json === undefined ? undefined : checkResult(stage, json);
      return checked !== undefined && 'wrong' in checked
        ? [remark(tree, answer, 'error', checked.wrong)]
        : [];
    });

/** A bare `return` finishes by default; a condition answers either of two. */
function answersOf(argument: Node | null): Node[] {
  if (argument === null) return [];
  if (argument.type !== 'ConditionalExpression') return [argument];
  return [argument['consequent'] as Node, argument['alternate'] as Node];
}

/** The answer as JSON, as far as it is written out; undefined when too little is. */
function jsonOf(answer: Node): string | undefined {
  if (answer.type === 'Literal')
    return typeof answer['value'] === 'bigint' ? undefined : JSON.stringify(answer['value']);
  if (answer.type === 'TemplateLiteral') return '""';
  if (answer.type === 'ArrayExpression') return '[]';
  if (answer.type !== 'ObjectExpression') return undefined;
  const entries: [string, unknown][] = [];
  for (const property of answer['properties'] as readonly Node[]) {
    const key = keyOf(property);
    if (key === undefined) return undefined;
    entries.push([key, valueOf(property['value'] as Node) ?? TAKEN_TO_BE_RIGHT[key]]);
  }
  return JSON.stringify(Object.fromEntries(entries));
}

/** A literal's value; undefined for what only a run can tell. */
function valueOf(node: Node): unknown {
  if (node.type === 'Literal' && node['regex'] === undefined && node['bigint'] === undefined)
    return node['value'];
  return textOf(node);
}
