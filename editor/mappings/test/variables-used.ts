const TEXT_OR_COMMENT = /\/\/.*|\/\*[^]*?(?:\*\/|$)|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/**
 * Which of the names stand in scripts outside of comments and quoted texts. It reads half-written scripts too, so that nothing is
 * parsed; a name within a template's text counts as used, which does no harm.
 * @param sources the script, and what it calls that reads variables by itself
 * @param names in the order in which they shall be shown
 */
export function variablesUsed(sources: readonly string[], names: readonly string[]): string[] {
  const words = new Set(sources.flatMap((source) => source.replace(TEXT_OR_COMMENT, ' ').match(WORD) ?? []));
  return names.filter((name) => words.has(name));
}
