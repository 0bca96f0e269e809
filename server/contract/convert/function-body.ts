import type { Options } from 'acorn';
import { AcornBase, type AcornScope, type AcornTokenType } from './acorn-parser.ts';

// Acorn's scope and binding flags (acorn/src/scopeflags.js).
const SCOPE_FUNCTION = 2;
const SCOPE_ASYNC = 4;
const SCOPE_SIMPLE_CATCH = 32;
const SCOPE_VAR = 1 | SCOPE_FUNCTION | 256;
const BIND_VAR = 1;
const BIND_LEXICAL = 2;

const BEYOND_ASCII = /[^\0-\x7f]/;
const IN_NAME = /[\p{ID_Continue}$\u200c\u200d]/u;

/** A token as acorn's `onToken` gives it; offsets are of the parsed text. */
export interface ReadToken {
  readonly type: AcornTokenType;
  readonly start: number;
  readonly end: number;
}

/** Why and where a parse stopped, in acorn's words; `explain.ts` puts it into ours. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly offset: number;
  /** The token that was being looked at, and all tokens taken before it (empty where they were not kept). */
  readonly token: ReadToken;
  readonly taken: readonly ReadToken[];
  /** Where a name that is declared twice was declared first. */
  readonly first: number | undefined;

  constructor(message: string, at: Pick<Refusal, 'offset' | 'token' | 'taken' | 'first'>) {
    super(message);
    this.offset = at.offset;
    this.token = at.token;
    this.taken = at.taken;
    this.first = at.first;
  }
}

/** So much of a regular expression without its end: escapes, classes (in which "/" ends nothing) and single characters. */
const REGEXP_TOO_LONG = /(?:\\.|\[(?:\\.|[^\]\\\n\r\u2028\u2029])*\]|[^/\\[\n\r\u2028\u2029]){16000}/y;

/**
 * Reads a text as the body of a strict async function, as `new AsyncFunction('"use strict";\n' + text)` does: `await`, `return`,
 * `new.target` and `arguments` as in any such body; no import or export, no hashbang. The text is parsed by itself, never
 * inside a wrapper, so it cannot close one.
 */
export class FunctionBodyParser extends AcornBase {
  #taken: readonly ReadToken[];
  #first: number | undefined;

  constructor(text: string, startsAt = 0, taken?: ReadToken[]) {
    const options: Options = {
      ecmaVersion: 'latest',
      sourceType: 'script',
      strict: true,
      allowHashBang: false,
    };
    super(
      taken ? { ...options, onToken: (token) => taken.push(token as ReadToken) } : options,
      text,
      startsAt,
    );
    this.#taken = taken ?? [];
  }

  /** Comments and regular expressions overflow the stack outside of acorn's own guard. */
  override parse(): unknown {
    return this.catchStackOverflow(() => super.parse());
  }

  /** Acorn opens one outermost scope for a script; ours is that of an async function. */
  override enterScope(flags: number): void {
    super.enterScope(this.scopeStack.length === 0 ? SCOPE_FUNCTION | SCOPE_ASYNC : flags);
  }

  /**
   * Acorn's rule for names declared twice (strict code binds no other way than these three), with maps in place of its lists:
   * those take quadratic time for a text of thousands of declarations, and do not know where the first one stood.
   */
  override declareName(name: string, binding: number, offset: number): void {
    const scopes = this.scopeStack;
    if (binding === BIND_VAR) {
      for (let i = scopes.length - 1; i >= 0; i--) {
        const scope = scopes[i] as AcornScope;
        const first = scope.lexicals?.get(name);
        if (first !== undefined && !isCatchParameter(scope, name)) this.#declaredTwice(name, first, offset);
        remember((scope.variables ??= new Map()), name, offset);
        if (scope.flags & SCOPE_VAR) return;
      }
    } else {
      const scope = scopes[scopes.length - 1] as AcornScope;
      const first = scope.lexicals?.get(name) ?? scope.variables?.get(name);
      if (first !== undefined && binding === BIND_LEXICAL) this.#declaredTwice(name, first, offset);
      remember((scope.lexicals ??= new Map()), name, offset);
    }
  }

  /** V8 refuses some patterns that acorn's own check lets pass, such as one of too many groups: ask the host's RegExp too. */
  override readRegexp(): void {
    // Acorn's check of a pattern takes quadratic time for its groups, and V8's takes megabytes for its classes.
    REGEXP_TOO_LONG.lastIndex = this.pos;
    if (REGEXP_TOO_LONG.test(this.input))
      this.raise(this.start + 1, 'Invalid regular expression: it is too large');
    super.readRegexp();
    const { value } = this.value as { value: RegExp | null };
    if (value === null) this.raise(this.start + 1, 'Invalid regular expression: it is too large');
  }

  /** Acorn's Unicode tables may be newer than the host's, and then it takes letters that V8 does not know yet. */
  override readWord1(): string {
    const word = super.readWord1();
    if (BEYOND_ASCII.test(word)) {
      const unknown = Array.from(word).find((character) => !IN_NAME.test(character));
      if (unknown !== undefined) this.raise(this.start, `Unexpected character '${unknown}'`);
    }
    return word;
  }

  override raise(offset: number, message: string): never {
    const { type, start, end } = this;
    throw new Refusal(message, {
      offset,
      token: { type, start, end },
      taken: this.#taken,
      first: this.#first,
    });
  }

  override raiseRecoverable(offset: number, message: string): never {
    return this.raise(offset, message);
  }

  /** Acorn tells an overflow by its message, and a refusal may quote the same words from the author's text. */
  override catchStackOverflow<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      return super.catchStackOverflow(() => {
        throw error;
      });
    }
  }

  #declaredTwice(name: string, first: number, offset: number): never {
    this.#first = first;
    return this.raise(offset, `Identifier '${name}' has already been declared`);
  }
}

/** Runs a parser to the end of its text; gives the refusal, or null when the text was read whole. */
export function refusalOf(parser: FunctionBodyParser): Refusal | null {
  try {
    parser.parse();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** `catch (e) { var e }` is allowed: the parameter is the scope's first name. */
function isCatchParameter(scope: AcornScope, name: string): boolean {
  return (scope.flags & SCOPE_SIMPLE_CATCH) !== 0 && scope.lexicals?.keys().next().value === name;
}

function remember(names: Map<string, number>, name: string, offset: number): void {
  if (!names.has(name)) names.set(name, offset);
}
