import { tokTypes, type TokenType } from 'acorn';
import { blanked, inOrder, writtenOver, type Edit } from './edits.ts';
import { FunctionBodyParser, type ReadToken } from './function-body.ts';
import type { Span } from './java-type.ts';

const HYPHEN = 45;

// Java's number literals that carry their type as a suffix (JLS 25 §3.10.1, §3.10.2). No octals: strict JavaScript has none either.
const WHOLE = String.raw`(?:0|[1-9]\d*(?:_\d+)*)`;
const LONG_IN_RADIX = String.raw`0[xX][\da-fA-F]+(?:_[\da-fA-F]+)*(?=[lL])|0[bB][01]+(?:_[01]+)*(?=[lL])`;
const FRACTION = String.raw`(?:${WHOLE}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?=[fFdD])`;
const SUFFIXED_NUMBER = new RegExp(
  String.raw`(?<digits>${LONG_IN_RADIX}|${WHOLE}(?=[lL])|${FRACTION})(?<suffix>[lLfFdD])(?![\p{ID_Continue}$])`,
  'uy',
);

/** What may stand between `case` and `->`. */
const { name, string, num, comma, dot } = tokTypes;
const CASE_CONSTANTS: readonly TokenType[] = [name, string, num, comma, dot];

/** Reads the tokens that only Java has, and gathers the edits that make JavaScript of the text. */
export class TypedTokenParser extends FunctionBodyParser {
  protected readonly collected: Edit[] = [];
  /** Stretches that the tokenizer passes over like white space: start → end. */
  readonly #passedOver = new Map<number, number>();
  readonly #taken: readonly ReadToken[];

  constructor(text: string, startsAt = 0) {
    const taken: ReadToken[] = [];
    super(text, startsAt, taken);
    this.#taken = taken;
  }

  /** The edits collected so far, in order. */
  get edits(): Edit[] {
    return inOrder(this.collected);
  }

  override skipSpace(): void {
    super.skipSpace();
    for (;;) {
      const end = this.#passedOver.get(this.pos);
      if (end === undefined) return;
      this.pos = end;
      super.skipSpace();
    }
  }

  /** `->` cannot stand in JavaScript; `-->` never comes here, its first two signs are one token. */
  override readToken_plus_min(code: number): void {
    if (code !== HYPHEN || this.input[this.pos + 1] !== '>') {
      super.readToken_plus_min(code);
      return;
    }
    if (this.#isAfterCase()) {
      this.raise(
        this.pos,
        'Java\'s "case … ->" is not read here: write "case value:", and "break;" at its end',
      );
    }
    this.collected.push({ start: this.pos, end: this.pos + 2, text: '=>' });
    this.pos += 2;
    this.finishToken(tokTypes.arrow);
  }

  /** Whether nothing but constants stands between here and a `case` or `default`: `case A, "b" ->`. */
  #isAfterCase(): boolean {
    const at = this.#taken.findLastIndex(({ type }) => !CASE_CONSTANTS.includes(type));
    const word = this.#taken[at]?.type;
    const isKey = [dot, tokTypes.questionDot].includes(this.#taken[at - 1]?.type ?? name);
    return !isKey && (word === tokTypes._case || word === tokTypes._default);
  }

  override readNumber(startsWithDot: boolean): void {
    if (!this.#readSuffixedNumber()) super.readNumber(startsWithDot);
  }

  override readRadixNumber(radix: number): void {
    if (!this.#readSuffixedNumber()) super.readRadixNumber(radix);
  }

  #readSuffixedNumber(): boolean {
    SUFFIXED_NUMBER.lastIndex = this.pos;
    const { digits, suffix } = SUFFIXED_NUMBER.exec(this.input)?.groups ?? {};
    if (digits === undefined || suffix === undefined) return false;
    const value = Number(digits.replaceAll('_', ''));
    if (/l/i.test(suffix) && !Number.isSafeInteger(value)) {
      this.raise(
        this.pos,
        'A JavaScript number cannot hold this number exactly: write it as a text in quotes',
      );
    }
    this.pos += digits.length + suffix.length;
    this.blank({ start: this.pos - suffix.length, end: this.pos });
    this.finishToken(tokTypes.num, value);
    return true;
  }

  /** Makes the token at this offset the current one; what lay between is not part of the code any more. */
  protected goTo(offset: number): void {
    this.pos = offset;
    this.nextToken();
  }

  protected passOver(span: Span): void {
    this.blank(span);
    this.#passedOver.set(span.start, span.end);
  }

  protected blank({ start, end }: Span): void {
    this.collected.push({ start, end, text: blanked(this.input.slice(start, end)) });
  }

  protected writeOver(span: Span, word: string): void {
    this.collected.push(this.overwriting(span, word));
  }

  protected overwriting({ start, end }: Span, word: string): Edit {
    return { start, end, text: writtenOver(this.input.slice(start, end), word) };
  }
}
