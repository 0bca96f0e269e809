import { tokTypes } from 'acorn';
import type { AcornNode } from './acorn-parser.ts';
import {
  castAt,
  catchHeadAt,
  declarationAt,
  lambdaTypesAt,
  loopHeadAt,
  unfinishedDeclarationAt,
  voidMethodAt,
  type CastHead,
  type DeclarationHead,
} from './java-forms.ts';
import { dimensionsAt, isPrimitive, skipBlank, typeAt, type Span, type TypeSpan } from './java-type.ts';
import { TypedTokenParser } from './typed-tokens.ts';

/**
 * What a primitive cast does to its operand. JavaScript numbers are doubles, so the wider casts change nothing. `(int)` and `(long)` cut the
 * fraction off but do not wrap at 2^31 or 2^63; `(char)` is left out, since a character is a text here.
 */
const PRIMITIVE_CASTS: Readonly<Record<string, readonly [before: string, after: string]>> = {
  int: ['Math.trunc(', ')'],
  long: ['Math.trunc(', ')'],
  short: ['(', ' << 16 >> 16)'],
  byte: ['(', ' << 24 >> 24)'],
};

/** What Java fills a new array with (JLS 25 §4.12.5). */
const firstValueOf = (type: string): string =>
  type === 'boolean' ? 'false' : isPrimitive(type) ? '0' : 'null';

/**
 * Reads JavaScript in which Java's typed forms may stand, and collects the edits that turn those into JavaScript. A form is looked for only where
 * the grammar expects a statement or an operand, by a lookahead over names and brackets, so JavaScript beside it is read as what it is.
 */
export class TypedScriptParser extends TypedTokenParser {
  override parseStatement(context: string | null, topLevel?: boolean, exports?: unknown): AcornNode {
    if (!context && this.type === tokTypes.name) {
      const head = declarationAt(this.input, this.start);
      if (head) {
        const node = this.#parseDeclaration(head, false);
        this.semicolon();
        return node;
      }
      this.#refuseUnfinishedDeclaration();
    }
    const method = this.type === tokTypes._void ? voidMethodAt(this.input, this.start) : null;
    if (method) this.#refuseMethod(method);
    return super.parseStatement(context, topLevel, exports);
  }

  #refuseUnfinishedDeclaration(): void {
    const unfinished = unfinishedDeclarationAt(this.input, this.start);
    if (!unfinished) return;
    const declared = this.input.slice(this.start, unfinished.nameEnd);
    const next = skipBlank(this.input, unfinished.nameEnd);
    if (this.input[next] === '(') this.#refuseMethod(unfinished);
    this.raise(next, `After "${declared}" a "=" with a value, "," or ";" is missing`);
  }

  #refuseMethod({ nameEnd }: { nameEnd: number }): never {
    const declared = this.input.slice(this.start, nameEnd);
    return this.raise(
      this.start,
      `"${declared}(" would begin a Java method: write function name(parameters) { … } here`,
    );
  }

  override parseForStatement(node: AcornNode): AcornNode {
    const open = skipBlank(this.input, this.end);
    const head = this.input[open] === '(' ? loopHeadAt(this.input, skipBlank(this.input, open + 1)) : null;
    if (!head) return super.parseForStatement(node);

    this.next();
    this.labels.push({ kind: 'loop' });
    this.enterScope(0);
    this.expect(tokTypes.parenL);
    const declaration = this.#parseDeclaration(head, true);
    if (this.type !== tokTypes.colon) return this.parseFor(node, declaration);

    this.collected.push({ start: this.start, end: this.end, text: this.#apart('of', this) });
    this.next();
    this.parseMaybeAssign();
    this.expect(tokTypes.parenR);
    this.parseStatement('for');
    this.exitScope();
    this.labels.pop();
    return this.finishNode(node, 'ForOfStatement');
  }

  override parseCatchClauseParam(): AcornNode {
    const head = catchHeadAt(this.input, this.start);
    if (head) {
      this.blank({ start: this.start, end: head.nameStart });
      this.goTo(head.nameStart);
    }
    return super.parseCatchClauseParam();
  }

  /** From the first token of a typed declaration to its last declarator. Several names share one `let` or `const`, as in Java. */
  #parseDeclaration(head: DeclarationHead, isFor: boolean): AcornNode {
    const node = this.startNode();
    const keyword = this.collected.length;
    if (head.type || head.isFinal) this.writeOver(head, 'let');
    this.goTo(head.nameStart);
    let allHaveValues = true;
    do {
      const declarator = this.startNode();
      this.parseVarId(declarator, 'let');
      const dimensions = (head.type?.dimensions ?? 0) + this.#parseDimensions();
      if (this.eat(tokTypes.eq)) this.#parseInitialiser(dimensions, isFor);
      else allHaveValues &&= isFor && this.type === tokTypes.colon;
    } while (this.eat(tokTypes.comma));
    // `final` without a value may be given one later in Java, which `const` does not allow.
    if (head.isFinal && allHaveValues) this.collected[keyword] = this.overwriting(head, 'const');
    return this.finishNode(node, 'VariableDeclaration');
  }

  /** The `[]` behind a name, as in `int a[] = …`. */
  #parseDimensions(): number {
    if (this.type !== tokTypes.bracketL) return 0;
    const { count, end } = dimensionsAt(this.input, this.start);
    if (count === 0) return 0;
    this.blank({ start: this.start, end });
    this.goTo(end);
    return count;
  }

  #parseInitialiser(dimensions: number, isFor = false): void {
    if (dimensions === 0 || this.type !== tokTypes.braceL) {
      this.parseMaybeAssign(isFor);
      return;
    }
    this.writeOver(this, '[');
    this.#parseElements(dimensions);
  }

  /** The elements of `{…}` that fills an array, from its `{` to behind its `}`. The edit of the `{` is the caller's. */
  #parseElements(dimensions: number): void {
    this.next();
    while (this.type !== tokTypes.braceR) {
      this.#parseInitialiser(dimensions - 1);
      if (this.type !== tokTypes.braceR) this.expect(tokTypes.comma);
    }
    this.writeOver(this, ']');
    this.next();
  }

  override parseMaybeUnary(
    errors: unknown,
    sawUnary: boolean,
    incDec: boolean,
    forInit?: boolean,
  ): AcornNode {
    const cast = this.type === tokTypes.parenL ? castAt(this.input, this.start) : null;
    return cast ? this.#parseCast(cast, forInit) : super.parseMaybeUnary(errors, sawUnary, incDec, forInit);
  }

  #parseCast(cast: CastHead, forInit?: boolean): AcornNode {
    if (cast.type.name === 'char' && cast.type.dimensions === 0) {
      this.raise(cast.start, 'A (char) cast has no counterpart here: write String.fromCharCode(number)');
    }
    const mayBeArrow = this.potentialArrowAt === this.start;
    this.context.pop();
    this.exprAllowed = true;
    this.goTo(cast.end);
    if (mayBeArrow) this.potentialArrowAt = this.start;

    const [before, after] = this.#wrapping(cast);
    this.writeOver({ start: cast.start, end: before ? cast.operandStart : cast.end }, before);
    const operand = this.parseMaybeUnary(null, true, false, forInit);
    if (after) this.collected.push({ start: this.lastTokEnd, end: this.lastTokEnd, text: after });
    return operand;
  }

  /** What goes round the operand of a cast. A line end in a cast keeps its parentheses, else `return (Foo)⏎ x` would return nothing. */
  #wrapping({ start, operandStart, type }: CastHead): readonly [before: string, after: string] {
    const primitive = type.dimensions === 0 ? PRIMITIVE_CASTS[type.name] : undefined;
    if (primitive) return primitive;
    return /[\n\r\u2028\u2029]/.test(this.input.slice(start, operandStart)) ? ['(', ')'] : ['', ''];
  }

  override parseParenAndDistinguishExpression(canBeArrow: boolean, forInit?: boolean): AcornNode {
    const types = canBeArrow ? lambdaTypesAt(this.input, this.end) : null;
    for (const type of types ?? []) this.passOver(type);
    return super.parseParenAndDistinguishExpression(canBeArrow, forInit);
  }

  override parseNew(): AcornNode {
    const type = typeAt(this.input, skipBlank(this.input, this.end));
    const next = type ? this.input[skipBlank(this.input, type.end)] : undefined;
    if (type && type.dimensions > 0 && next === '{') return this.#parseFilledArray(type);
    if (type && type.dimensions === 0 && (next === '(' || next === '[')) {
      for (const span of type.typeArguments) this.passOver(span);
    }
    const node = super.parseNew();
    if (node.type === 'NewExpression') this.#readSizedArray(node);
    return node;
  }

  /** `new String[] {"a", "b"}`. The bracket takes the place of `new`, so that a line end before the brace does no harm. */
  #parseFilledArray(type: TypeSpan): AcornNode {
    const node = this.startNode();
    const brace = skipBlank(this.input, type.end);
    this.writeOver({ start: this.start, end: brace + 1 }, '[');
    this.goTo(brace);
    this.#parseElements(type.dimensions);
    // To acorn it stays what it was: nothing can be assigned to it.
    return this.finishNode(node, 'NewExpression');
  }

  /** `new int[3]`, which acorn has read as JavaScript's `new` of a computed member, without arguments. */
  #readSizedArray(node: AcornNode): void {
    const callee = node['callee'] as AcornNode;
    if (node.end !== callee.end || callee.type !== 'MemberExpression' || callee['computed'] !== true) return;
    const element = callee['object'] as AcornNode;
    const type = typeAt(this.input, element.start);
    const open = type ? skipBlank(this.input, type.end) : -1;
    if (!type || this.input[open] !== '[') return;
    if (element.type === 'MemberExpression' && element['computed'] === true) {
      this.raise(node.start, 'An array of arrays cannot be made by sizes here: fill it in a loop');
    }
    this.writeOver({ start: node.start, end: open + 1 }, 'new Array(');
    this.collected.push({ start: node.end - 1, end: node.end, text: `).fill(${firstValueOf(type.name)})` });
  }

  /** The word with a blank on each side where the author left none. */
  #apart(word: string, { start, end }: Span): string {
    const before = /\s/.test(this.input[start - 1] ?? ' ') ? '' : ' ';
    const after = /\s/.test(this.input[end] ?? ' ') ? '' : ' ';
    return before + word + after;
  }
}
