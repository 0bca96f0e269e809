import type { Script } from './script.ts';
import { callOf, isFunction, memberOf, nameOf, propertyOf, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/** A field that a create script puts into the form, with the place of its name. */
export interface NamedField {
  readonly name: string;
  readonly node: Node;
}

/** The fields of a create script's form, as far as their names are written out. */
export interface FormNames {
  readonly fields: readonly NamedField[];
  /** Whether no field can come from elsewhere: then what is not in `fields` is not in the form. */
  readonly complete: boolean;
}

/** The form that a script fills in (docs/writing-scripts.md). */
const FORM = 'fromField';
const ADDING = ['add', 'fluentAdd', 'push', 'unshift'];
const PUTTING = ['put', 'fluentPut'];

/** A wrapper may call a wrapper; more layers than this nobody reads. */
const MOST_LAYERS = 3;

/** Reads which fields a create script puts into the form. */
export function formNames(script: Script): FormNames {
  const fields: NamedField[] = [];
  let complete = true;
  for (const added of addedValues(script)) {
    const names = added === undefined ? undefined : namesIn(added, script);
    if (names === undefined) complete = false;
    else fields.push(...names);
  }
  return { fields, complete };
}

/** The values that are added to the form; undefined for each way in which others may come in. */
function addedValues({ tree, variables, provider }: Script): (Node | undefined)[] {
  const ofForm = variables.usesOf(FORM).flatMap((use): (Node | undefined)[] => {
    const above = tree.parentOf(use);
    if (above?.type === 'MemberExpression' && above['object'] === use) return addedInChain(use);
    // The client is handed the form that it would take by itself.
    const isHandedToClient = above !== undefined && isCreateOfClient(above);
    return isHandedToClient ? [] : [undefined];
  });
  const ofCreate = tree.ofType('CallExpression').flatMap((call): (Node | undefined)[] => {
    const [form] = callOf(call)?.args ?? [];
    if (form === undefined || !isCreateOfClient(call) || nameOf(form) === FORM) return [];
    return form.type === 'ArrayExpression' ? [...(form['elements'] as readonly Node[])] : [undefined];
  });
  return [...ofForm, ...ofCreate];

  function isCreateOfClient(call: Node): boolean {
    const member = memberOf(callOf(call)?.callee);
    return member?.name === 'create' && nameOf(member.object) === provider.name;
  }

  /** `fromField.fluentAdd(a).fluentAdd(b)`: each call's values. Other methods read, or do what cannot be followed. */
  function addedInChain(start: Node): (Node | undefined)[] {
    const added: (Node | undefined)[] = [];
    for (let object = start; ;) {
      const member = tree.parentOf(object);
      const call = member === undefined ? undefined : tree.parentOf(member);
      const name = memberOf(member)?.name;
      if (member?.type !== 'MemberExpression' || member['object'] !== object) return added;
      if (call === undefined || callOf(call)?.callee !== member)
        return ['length', 'size'].includes(name ?? '') ? added : [...added, undefined];
      if (!ADDING.includes(name ?? ''))
        return ['size', 'isEmpty', 'toJSONString', 'get'].includes(name ?? '')
          ? added
          : [...added, undefined];
      added.push(...(callOf(call)?.args ?? []));
      object = call;
    }
  }
}

/** The names of one added value; undefined when they cannot be seen. */
function namesIn(value: Node, script: Script): NamedField[] | undefined {
  const direct = nameExpression(value);
  if (direct !== undefined) return literalNames(direct, script, 0);
  const variable = nameOf(value);
  if (variable === undefined) return undefined;
  const initial = script.variables.valueOf(variable);
  const given = [
    ...(initial === undefined ? [] : [nameExpression(initial)]),
    ...script.variables.usesOf(variable).map((use) => nameGivenTo(use, script)),
  ].filter((each) => each !== undefined);
  if (initial === undefined || given.length === 0) return undefined;
  const names = given.map((each) => literalNames(each, script, 0));
  return names.includes(undefined) ? undefined : names.flatMap((each) => each ?? []);
}

/** The expression of the name in `{name: …}`, `new JSONObject().fluentPut("name", …)`, `new JSONObject({name: …})`. */
function nameExpression(value: Node): Node | undefined {
  for (let node: Node | undefined = value; node !== undefined;) {
    if (node.type === 'ObjectExpression') return propertyOf(node, 'name');
    if (node.type === 'NewExpression') {
      node = (node['arguments'] as readonly Node[])[0];
      continue;
    }
    const call = callOf(node);
    const member = memberOf(call?.callee);
    if (call === undefined || member === undefined || !PUTTING.includes(member.name ?? '')) return undefined;
    if (textOf(call.args[0]) === 'name') return call.args[1];
    node = member.object;
  }
  return undefined;
}

/** `o.put("name", …)` or `o.name = …`, o being the use of a variable. */
function nameGivenTo(use: Node, { tree }: Script): Node | undefined {
  const member = tree.parentOf(use);
  const above = member === undefined ? undefined : tree.parentOf(member);
  if (member?.type !== 'MemberExpression' || member['object'] !== use || above === undefined)
    return undefined;
  if (above.type === 'AssignmentExpression' && memberOf(member)?.name === 'name')
    return above['right'] as Node;
  const call = callOf(above);
  return call?.callee === member &&
    PUTTING.includes(memberOf(member)?.name ?? '') &&
    textOf(call.args[0]) === 'name'
    ? call.args[1]
    : undefined;
}

/** The texts that a name can be; undefined when one of them is not written out. */
function literalNames(expression: Node, script: Script, layer: number): NamedField[] | undefined {
  const text = textOf(expression);
  if (text !== undefined) return [{ name: text, node: expression }];
  if (expression.type === 'ArrayExpression') {
    // A date range has two titles, and the provider knows it by both as JSON.
    const titles = (expression['elements'] as readonly (Node | null)[]).map(textOf);
    return titles.includes(undefined) ? undefined : [{ name: JSON.stringify(titles), node: expression }];
  }
  if (expression.type === 'ConditionalExpression') {
    const either = [expression['consequent'], expression['alternate']].map((each) =>
      literalNames(each as Node, script, layer),
    );
    return either.includes(undefined) ? undefined : either.flatMap((each) => each ?? []);
  }
  const name = nameOf(expression);
  if (name === undefined || layer === MOST_LAYERS) return undefined;
  const value = script.variables.valueOf(name);
  return value === undefined
    ? namesHandedIn(expression, script, layer)
    : literalNames(value, script, layer + 1);
}

/** The name is a parameter of a function of the author's own, such as `field(name, value)`: the names are its callers'. */
function namesHandedIn(
  parameter: Node,
  { tree, ...script }: Script,
  layer: number,
): NamedField[] | undefined {
  const wrapper = tree.functionOf(parameter);
  if (wrapper === undefined) return undefined;
  const index = (wrapper['params'] as readonly Node[]).findIndex(
    (each) => nameOf(each) === nameOf(parameter),
  );
  const name = nameOf(wrapper['id']) ?? nameOf(tree.parentOf(wrapper)?.['id']);
  if (index === -1 || name === undefined || script.variables.functionNamed(name) !== wrapper)
    return undefined;
  const found = script.variables.usesOf(name).map((use) => {
    const call = callOf(tree.parentOf(use));
    const given = call?.callee === use ? call.args[index] : undefined;
    return given === undefined || isFunction(given)
      ? undefined
      : literalNames(given, { tree, ...script }, layer + 1);
  });
  return found.includes(undefined) ? undefined : found.flatMap((each) => each ?? []);
}
