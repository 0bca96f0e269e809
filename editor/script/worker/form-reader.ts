import type ts from 'typescript';
import type { Span } from './author-text.ts';

/** A field that a create script puts into the form; `span` is that of the name as it is written, with its quotes. */
export interface FieldName {
  readonly name: string;
  readonly span: Span;
}

/** The fields of a create script's form, as far as their names are written out. */
export interface FieldNames {
  readonly fields: readonly FieldName[];
  /** Whether no field can come from elsewhere: then what is not in `fields` is not in the form. */
  readonly complete: boolean;
}

/** The form that a script fills in (docs/writing-scripts.md). */
const FORM = 'fromField';
const ADDING = ['add', 'fluentAdd', 'push', 'unshift'];
const PUTTING = ['put', 'fluentPut'];
const COUNTING = ['length', 'size'];
const READING = ['size', 'isEmpty', 'toJSONString', 'get'];

/** A wrapper may call a wrapper; more layers than this nobody reads. */
const MOST_LAYERS = 3;

/**
 * Reads which fields a create script puts into the form, by the rules of the hub (server/mappings/diagnose/form-names.ts), so that both say
 * the same; here on TypeScript's tree, which is there for half written scripts too.
 */
export class FormReader {
  readonly #ts: typeof ts;
  readonly #checker: ts.TypeChecker;
  readonly #client: string;
  readonly #uses = new Map<ts.Symbol, ts.Identifier[]>();
  readonly #forms: ts.Identifier[] = [];
  readonly #calls: ts.CallExpression[] = [];

  constructor(typescript: typeof ts, checker: ts.TypeChecker, source: ts.SourceFile, client: string) {
    this.#ts = typescript;
    this.#checker = checker;
    this.#client = client;
    const visit = (node: ts.Node): void => {
      if (typescript.isIdentifier(node)) this.#note(node);
      if (typescript.isCallExpression(node)) this.#calls.push(node);
      typescript.forEachChild(node, visit);
    };
    visit(source);
  }

  read(): FieldNames {
    const found = this.#added().map((value) => (value === undefined ? undefined : this.#namesIn(value)));
    return { fields: found.flatMap((names) => names ?? []), complete: !found.includes(undefined) };
  }

  #note(identifier: ts.Identifier): void {
    const { parent } = identifier;
    const isMember = this.#ts.isPropertyAccessExpression(parent) && parent.name === identifier;
    if (isMember || (this.#ts.isPropertyAssignment(parent) && parent.name === identifier)) return;
    if (identifier.text === FORM) this.#forms.push(identifier);
    const symbol = this.#symbolOf(identifier);
    if (symbol !== undefined) this.#uses.set(symbol, [...(this.#uses.get(symbol) ?? []), identifier]);
  }

  #symbolOf(identifier: ts.Identifier): ts.Symbol | undefined {
    return this.#ts.isShorthandPropertyAssignment(identifier.parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(identifier.parent)
      : this.#checker.getSymbolAtLocation(identifier);
  }

  /** The values that are added to the form; undefined for each way in which others may come in. */
  #added(): (ts.Expression | undefined)[] {
    const ofForm = this.#forms.flatMap((use) => {
      if (this.#ts.isPropertyAccessExpression(use.parent)) return this.#addedInChain(use);
      // The client is handed the form that it would take by itself.
      return this.#isCreateOfClient(use.parent) ? [] : [undefined];
    });
    const ofCreate = this.#calls
      .filter((call) => this.#isCreateOfClient(call))
      .flatMap(({ arguments: [form] }): (ts.Expression | undefined)[] => {
        if (form === undefined || (this.#ts.isIdentifier(form) && form.text === FORM)) return [];
        return this.#ts.isArrayLiteralExpression(form) ? [...form.elements] : [undefined];
      });
    return [...ofForm, ...ofCreate];
  }

  #isCreateOfClient(node: ts.Node): boolean {
    const callee = this.#ts.isCallExpression(node) ? node.expression : undefined;
    return (
      callee !== undefined &&
      this.#ts.isPropertyAccessExpression(callee) &&
      callee.name.text === 'create' &&
      callee.expression.getText() === this.#client
    );
  }

  /** `fromField.fluentAdd(a).fluentAdd(b)`: each call's values. Other methods read, or do what cannot be followed. */
  #addedInChain(start: ts.Expression): (ts.Expression | undefined)[] {
    const added: (ts.Expression | undefined)[] = [];
    for (let object = start; ;) {
      const access = object.parent;
      if (!this.#ts.isPropertyAccessExpression(access) || access.expression !== object) return added;
      const name = access.name.text;
      const call = access.parent;
      if (!this.#ts.isCallExpression(call) || call.expression !== access)
        return COUNTING.includes(name) ? added : [...added, undefined];
      if (!ADDING.includes(name)) return READING.includes(name) ? added : [...added, undefined];
      added.push(...call.arguments);
      object = call;
    }
  }

  /** The names of one added value; undefined when they cannot be seen. */
  #namesIn(value: ts.Expression): FieldName[] | undefined {
    const direct = this.#nameExpression(value);
    if (direct !== undefined) return this.#literalNames(direct, 0);
    if (!this.#ts.isIdentifier(value)) return undefined;
    const initial = this.#initialOf(value);
    if (initial === undefined) return undefined;
    const given = [
      this.#nameExpression(initial),
      ...this.#usesOf(value).map((use) => this.#nameGivenTo(use)),
    ];
    const names = given.filter((each) => each !== undefined).map((each) => this.#literalNames(each, 0));
    return names.length === 0 ? undefined : allOf(names);
  }

  /** The expression of the name in `{name: …}`, `new JSONObject().fluentPut("name", …)`, `new JSONObject({name: …})`. */
  #nameExpression(value: ts.Expression): ts.Expression | undefined {
    for (let node: ts.Expression | undefined = value; node !== undefined;) {
      if (this.#ts.isObjectLiteralExpression(node)) return this.#nameIn(node);
      if (this.#ts.isNewExpression(node)) {
        node = node.arguments?.[0];
        continue;
      }
      if (!this.#ts.isCallExpression(node) || !this.#ts.isPropertyAccessExpression(node.expression))
        return undefined;
      if (this.#putsName(node)) return node.arguments[1];
      if (!PUTTING.includes(node.expression.name.text)) return undefined;
      node = node.expression.expression;
    }
    return undefined;
  }

  #nameIn(object: ts.ObjectLiteralExpression): ts.Expression | undefined {
    const property = object.properties.find(
      (each) => each.name?.getText().replaceAll(/['"]/g, '') === 'name',
    );
    if (property === undefined) return undefined;
    if (this.#ts.isPropertyAssignment(property)) return property.initializer;
    return this.#ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
  }

  /** `o.put("name", …)`. */
  #putsName(call: ts.CallExpression): boolean {
    const [key] = call.arguments;
    return (
      this.#ts.isPropertyAccessExpression(call.expression) &&
      PUTTING.includes(call.expression.name.text) &&
      key !== undefined &&
      this.#ts.isStringLiteralLike(key) &&
      key.text === 'name'
    );
  }

  /** `o.put("name", …)` or `o.name = …`, o being the use of a variable. */
  #nameGivenTo(use: ts.Identifier): ts.Expression | undefined {
    const access = use.parent;
    if (!this.#ts.isPropertyAccessExpression(access) || access.expression !== use) return undefined;
    const above = access.parent;
    if (this.#ts.isBinaryExpression(above) && above.left === access)
      return access.name.text === 'name' ? above.right : undefined;
    return this.#ts.isCallExpression(above) && this.#putsName(above) ? above.arguments[1] : undefined;
  }

  /** The texts that a name can be; undefined when one of them is not written out. */
  #literalNames(expression: ts.Expression, layer: number): FieldName[] | undefined {
    const span = { start: expression.getStart(), length: expression.getWidth() };
    if (this.#ts.isStringLiteralLike(expression)) return [{ name: expression.text, span }];
    if (this.#ts.isArrayLiteralExpression(expression)) {
      // A date range has two titles, and the provider knows it by both as JSON.
      const titles = expression.elements.map((each) =>
        this.#ts.isStringLiteralLike(each) ? each.text : undefined,
      );
      return titles.includes(undefined) ? undefined : [{ name: JSON.stringify(titles), span }];
    }
    if (this.#ts.isConditionalExpression(expression))
      return allOf(
        [expression.whenTrue, expression.whenFalse].map((each) => this.#literalNames(each, layer)),
      );
    if (!this.#ts.isIdentifier(expression) || layer === MOST_LAYERS) return undefined;
    const value = this.#initialOf(expression);
    return value === undefined
      ? this.#namesHandedIn(expression, layer)
      : this.#literalNames(value, layer + 1);
  }

  /** The name is a parameter of a function of the author's own, such as `field(name, value)`: the names are its callers'. */
  #namesHandedIn(parameter: ts.Identifier, layer: number): FieldName[] | undefined {
    const declaration = this.#symbolOf(parameter)?.valueDeclaration;
    if (declaration === undefined || !this.#ts.isParameter(declaration)) return undefined;
    const wrapper = declaration.parent;
    const index = wrapper.parameters.indexOf(declaration);
    const name =
      wrapper.name ?? (this.#ts.isVariableDeclaration(wrapper.parent) ? wrapper.parent.name : undefined);
    if (name === undefined || !this.#ts.isIdentifier(name)) return undefined;
    const calls = this.#usesOf(name).map(({ parent }) =>
      this.#ts.isCallExpression(parent) ? parent : undefined,
    );
    const given = calls.map((call) => call?.arguments[index]);
    return allOf(given.map((each) => (each === undefined ? undefined : this.#literalNames(each, layer + 1))));
  }

  /** Where a name's value is used, its declaration left out. */
  #usesOf(identifier: ts.Identifier): ts.Identifier[] {
    const symbol = this.#symbolOf(identifier);
    const uses = symbol === undefined ? [] : (this.#uses.get(symbol) ?? []);
    return uses.filter(
      (use) => symbol?.valueDeclaration !== use.parent || this.#ts.isCallExpression(use.parent),
    );
  }

  /** The value that a name is declared with, unless it is given another one later. */
  #initialOf(identifier: ts.Identifier): ts.Expression | undefined {
    const declaration = this.#symbolOf(identifier)?.valueDeclaration;
    if (declaration === undefined || !this.#ts.isVariableDeclaration(declaration)) return undefined;
    const isAssigned = this.#usesOf(identifier).some(
      ({ parent }) =>
        this.#ts.isBinaryExpression(parent) &&
        parent.operatorToken.kind === this.#ts.SyntaxKind.EqualsToken &&
        this.#ts.isIdentifier(parent.left),
    );
    return isAssigned ? undefined : declaration.initializer;
  }
}

const allOf = (names: readonly (FieldName[] | undefined)[]): FieldName[] | undefined =>
  names.includes(undefined) ? undefined : names.flatMap((each) => each ?? []);
