import { Parser, type Options, type TokenType } from 'acorn';

/** Acorn's token types with the flags its own expression parser goes by. */
export interface AcornTokenType extends TokenType {
  readonly beforeExpr: boolean;
  readonly startsExpr: boolean;
  readonly binop: number | null;
  readonly isAssign: boolean;
}

/** One lexical scope on acorn's stack. `variables` and `lexicals` (name → offset of its first declaration) are ours. */
export interface AcornScope {
  readonly flags: number;
  variables?: Map<string, number>;
  lexicals?: Map<string, number>;
}

/** The few facts of a syntax node that the parsers here look at; offsets are of the parsed text. */
export interface AcornNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/**
 * The members of acorn's parser that its plugins override (acorn publishes no types for them; acorn-jsx rests on the same ones).
 * They may change with any release of acorn, so package.json pins it, and the tests of the converter hold each of them.
 */
export interface AcornParser {
  readonly input: string;
  readonly value: unknown;
  readonly type: AcornTokenType;
  readonly start: number;
  readonly end: number;
  readonly lastTokEnd: number;
  readonly context: unknown[];
  readonly labels: unknown[];
  readonly scopeStack: readonly AcornScope[];
  pos: number;
  exprAllowed: boolean;
  potentialArrowAt: number;

  parse(): unknown;
  raise(offset: number, message: string): never;
  raiseRecoverable(offset: number, message: string): never;
  catchStackOverflow<T>(run: () => T): T;

  skipSpace(): void;
  nextToken(): void;
  next(): void;
  eat(type: TokenType): boolean;
  expect(type: TokenType): void;
  semicolon(): void;
  finishToken(type: TokenType, value?: unknown): void;
  readNumber(startsWithDot: boolean): void;
  readRadixNumber(radix: number): void;
  readRegexp(): void;
  readWord1(): string;
  readToken_plus_min(code: number): void;

  enterScope(flags: number): void;
  exitScope(): void;
  declareName(name: string, binding: number, offset: number): void;

  startNode(): AcornNode;
  finishNode(node: AcornNode, type: string): AcornNode;
  parseStatement(context: string | null, topLevel?: boolean, exports?: unknown): AcornNode;
  parseForStatement(node: AcornNode): AcornNode;
  parseFor(node: AcornNode, init: AcornNode): AcornNode;
  parseCatchClauseParam(): AcornNode;
  parseVarId(declarator: AcornNode, kind: string): void;
  parseMaybeAssign(forInit?: boolean): AcornNode;
  parseMaybeUnary(errors: unknown, sawUnary: boolean, incDec: boolean, forInit?: boolean): AcornNode;
  parseParenAndDistinguishExpression(canBeArrow: boolean, forInit?: boolean): AcornNode;
  parseNew(): AcornNode;
}

/** Acorn's parser as a base class that plugins can extend. */
export const AcornBase = Parser as unknown as new (
  options: Options,
  input: string,
  startsAt?: number,
) => AcornParser;
