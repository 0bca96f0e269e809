import type ts from 'typescript';
import type { AuthorText, Span } from './author-text.ts';

/** What TypeScript finds wrong, in the author's offsets. */
export interface FoundProblem {
  readonly span: Span;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** TypeScript's number for this kind of problem. */
  readonly code: number;
}

/** `return` and `await` at top level: a stage script is the body of an async function. */
const OF_A_FUNCTION_BODY = new Set([1108, 1375, 1378]);

/** "Cannot find name", without and with a guess at what was meant. */
const NO_SUCH_NAME = [2304, 2552];

/**
 * What surely fails when the script runs: a name that is not there (18004: in `{name}`), a member that is not there (2339, 2551), a call of
 * something that is no function (2349, 2351), a constant assigned (2588), a name used too early (2448, 2449). All else is about types: such a
 * script may well run, so that it gets warnings.
 */
const FAILS = new Set([...NO_SUCH_NAME, 18004, 2339, 2551, 2349, 2351, 2588, 2448, 2449]);

/**
 * Turns what TypeScript says of `code` into what the author is told.
 * @param kind all of `syntax` is an error
 * @param stagesWith the stages that have a name in scope
 */
export const judgeProblems = (
  diagnostics: readonly ts.Diagnostic[],
  text: AuthorText,
  kind: 'syntax' | 'meaning',
  stagesWith: (name: string) => readonly string[],
): FoundProblem[] =>
  diagnostics
    .filter(({ code }) => !OF_A_FUNCTION_BODY.has(code))
    .map(({ code, start = 0, length = 1, messageText }) => {
      const name = NO_SUCH_NAME.includes(code) ? text.code.slice(start, start + length) : '';
      const stages = name === '' ? [] : stagesWith(name);
      return {
        code,
        severity: kind === 'syntax' || FAILS.has(code) ? 'error' : 'warning',
        span: text.toAuthor({ start, length }),
        message: stages.length === 0 ? flat(messageText) : wordsForStages(name, stages),
      };
    });

/** A message, and below it what led to it, further in. */
function flat(message: string | ts.DiagnosticMessageChain, indentation = ''): string {
  if (typeof message === 'string') return message;
  const causes = (message.next ?? []).map((each) => `\n${flat(each, `${indentation}  `)}`);
  return indentation + message.messageText + causes.join('');
}

/** As the hub says it (server/mappings/diagnose/unknown-names.ts). */
const wordsForStages = (name: string, stages: readonly string[]): string =>
  `${name} is in scope in the ${stages.join(' and ')} ${stages.length === 1 ? 'stage' : 'stages'} only.`;
