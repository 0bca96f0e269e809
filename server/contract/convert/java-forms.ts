import { dimensionsAt, skipBlank, typeAt, wordAt, type Span, type TypeSpan } from './java-type.ts';

/** The head of a typed declaration: everything before the first name. */
export interface DeclarationHead extends Span {
  readonly isFinal: boolean;
  /** Null for `var`, which both languages have. */
  readonly type: TypeSpan | null;
  readonly nameStart: number;
}

export interface CastHead extends Span {
  readonly type: TypeSpan;
  readonly operandStart: number;
}

const hasLineEnd = (text: string, start: number, end: number): boolean =>
  /[\n\r\u2028\u2029]/.test(text.slice(start, end));

/** Whether only Java can mean a type by this: JavaScript reads `Foo` alone as a value. */
const isPlainName = (type: TypeSpan): boolean =>
  !type.primitive && type.typeArguments.length === 0 && type.dimensions === 0;

/** `final Map<String, Object> m`, up to the name; `var`, `let` and `const` count only where `keywords` says so. */
function headAt(
  text: string,
  start: number,
  keywords: readonly string[],
): (DeclarationHead & { nameEnd: number }) | null {
  const isFinal = wordAt(text, start) === 'final';
  const typeStart = isFinal ? skipBlank(text, start + 'final'.length) : start;
  const keyword = wordAt(text, typeStart);
  const isKeyword = keywords.includes(keyword);
  const type = isKeyword ? null : typeAt(text, typeStart);
  const end = isKeyword ? typeStart + keyword.length : (type?.end ?? -1);
  if (end === -1) return null;

  const nameStart = skipBlank(text, end);
  const name = wordAt(text, nameStart);
  if (name === '' || name === 'in' || name === 'instanceof' || name === 'of') return null;
  // `Foo` and `bar` on two lines are two statements of JavaScript.
  if (type && isPlainName(type) && hasLineEnd(text, end, nameStart)) return null;
  return { start, end, isFinal, type, nameStart, nameEnd: nameStart + name.length };
}

/**
 * A typed declaration that starts exactly here: `String x = …`, `final List<String> l;`, `int a[], b`, `final var x = …`. What JavaScript
 * could go on reading as an expression (`A < B > c.d()`) is not one.
 */
export function declarationAt(text: string, start: number): DeclarationHead | null {
  const isFinal = wordAt(text, start) === 'final';
  const head = headAt(text, start, isFinal ? ['var'] : []);
  return head && endsDeclarator(text, head.nameEnd) ? head : null;
}

function endsDeclarator(text: string, nameEnd: number): boolean {
  const next = skipBlank(text, nameEnd);
  const character = text[next] ?? '';
  if (character === '=') return text[next + 1] !== '=' && text[next + 1] !== '>';
  if (character === '' || ';,}'.includes(character)) return true;
  if (character === '[') return dimensionsAt(text, nameEnd).count > 0;
  return hasLineEnd(text, nameEnd, next) && !'.([+-*/%<>=&|^?:`'.includes(character);
}

/** The declaration in the header of a `for`, from after its `(`: `int i = 0`, or `String s` of `for (String s : list)`. */
export function loopHeadAt(text: string, start: number): DeclarationHead | null {
  const head = headAt(text, start, ['var', 'let', 'const']);
  if (!head) return null;
  const next = skipBlank(text, head.nameEnd);
  if (text[next] === ':') return head;
  return head.type || head.isFinal ? declarationAt(text, start) : null;
}

/** What stands before the name in `catch (final IOException | ParseException e)`, from after the `(`. */
export function catchHeadAt(text: string, start: number): { nameStart: number } | null {
  let at = wordAt(text, start) === 'final' ? skipBlank(text, start + 'final'.length) : start;
  for (;;) {
    const type = typeAt(text, at);
    if (!type) return null;
    at = skipBlank(text, type.end);
    if (text[at] !== '|') break;
    at = skipBlank(text, at + 1);
  }
  const name = wordAt(text, at);
  return name !== '' && text[skipBlank(text, at + name.length)] === ')' ? { nameStart: at } : null;
}

/** The types in `(String a, final int b) -> …`, from after the `(`; null where it is anything else. */
export function lambdaTypesAt(text: string, start: number): readonly Span[] | null {
  const parameters = typedParametersAt(text, start);
  if (!parameters) return null;
  return /^[-=]>/.test(text.slice(skipBlank(text, parameters.end))) ? parameters.types : null;
}

/** The types in `String a, final int b)`, and the offset after the `)`; null where it is anything else. */
function typedParametersAt(text: string, start: number): { types: readonly Span[]; end: number } | null {
  const types: Span[] = [];
  for (let at = skipBlank(text, start); ;) {
    const head = headAt(text, at, []);
    if (!head) return null;
    types.push({ start: head.start, end: head.end });
    const next = skipBlank(text, head.nameEnd);
    if (text[next] === ')') return { types, end: next + 1 };
    if (text[next] !== ',') return null;
    at = skipBlank(text, next + 1);
  }
}

/**
 * Where the name ends in a Java method `void name() {` or `void name(String a) …`, from its `void`; null for JavaScript's `void name()`,
 * behind which no block starts in the same line.
 */
export function voidMethodAt(text: string, start: number): { nameEnd: number } | null {
  const nameStart = skipBlank(text, start + 'void'.length);
  const nameEnd = nameStart + wordAt(text, nameStart).length;
  const open = skipBlank(text, nameEnd);
  if (nameEnd === nameStart || text[open] !== '(') return null;
  if (typedParametersAt(text, open + 1)) return { nameEnd };
  const close = skipBlank(text, open + 1);
  const brace = skipBlank(text, close + 1);
  const isMethod = text[close] === ')' && text[brace] === '{' && !hasLineEnd(text, close, brace);
  return isMethod ? { nameEnd } : null;
}

/**
 * JavaScript's own functions that make a value by a plain call: `(String) (x)` is one. Not `Object`, whose call changes nothing but a
 * primitive, which it spoils.
 */
const CONVERSIONS = new Set('Array BigInt Boolean Date Error Number RegExp String Symbol'.split(' '));

/**
 * A cast whose `(` is here: `(String) x`, `(int) -x`, `(List<String>) f()`. What JavaScript could read otherwise, as a call or as two
 * statements on two lines, is a cast only where the type cannot be a value.
 */
export function castAt(text: string, start: number): CastHead | null {
  const typeStart = skipBlank(text, start + 1);
  const type = typeAt(text, typeStart);
  const close = type ? skipBlank(text, type.end) : -1;
  if (!type || text[close] !== ')') return null;

  const end = close + 1;
  const operandStart = skipBlank(text, end);
  const plain = isPlainName(type);
  if (plain && hasLineEnd(text, end, operandStart)) return null;
  const cast = { start, end, type, operandStart };
  switch (text[operandStart]) {
    case '(':
      return CONVERSIONS.has(text.slice(type.start, type.end)) ? null : cast;
    case '+':
    case '-':
      return type.primitive ? cast : null;
    case '!':
      return text[operandStart + 1] === '=' ? null : cast;
    case '"':
    case "'":
    case '~':
      return cast;
    case '{':
    case '[':
    case '`':
      return null;
    default:
      return startsOperand(text, operandStart) ? cast : null;
  }
}

function startsOperand(text: string, offset: number): boolean {
  const word = wordAt(text, offset);
  if (word !== '') return !['in', 'instanceof', 'of'].includes(word);
  return /^\.?\d/.test(text.slice(offset, offset + 2));
}

/**
 * Where the name ends in a `Type name` that is no declaration for what follows it; null unless both stand on one line without type
 * arguments, which no JavaScript statement begins with.
 */
export function unfinishedDeclarationAt(text: string, start: number): { nameEnd: number } | null {
  const head = headAt(text, start, []);
  if (!head?.type || head.type.typeArguments.length > 0 || head.type.dimensions > 0) return null;
  return hasLineEnd(text, head.end, head.nameStart) ? null : { nameEnd: head.nameEnd };
}
