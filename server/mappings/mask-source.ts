import { secretKey } from '../sandbox/mask.ts';
import { isAddress, looksRandom } from './secret-literal.ts';

/** A string literal's text, without its quotes. */
interface Literal {
  readonly start: number;
  readonly end: number;
}

const BULLET = '•';

/** So much before a literal is looked at for what it is given to. */
const LOOK_BACK = 120;

/** `appSecret = `, `"appSecret", `, `'app-secret': `, `setPassword(`: a name, then what hands it the literal. */
const GIVEN_TO = /(?:(["'`])([^"'`\n]{1,60})\1|([\w$-]{1,60}))\s*(?:,|:|=|\()\s*["'`]?$/;

/**
 * A script for those who may read but not edit: string literals that are given to secret-looking names, texts that look like keys
 * (in comments too) and known secrets are replaced by bullets, one for each character, so that every place in the text stays what it was.
 * Works on any text, Java-flavoured or half written.
 * @param secrets the channel's own, hidden wherever they stand
 */
export function maskSource(source: string, secrets: readonly string[]): string {
  const hidden: Literal[] = [];
  for (const literal of literalsOf(source)) {
    const text = source.slice(literal.start, literal.end);
    if (!isAddress(text) && (isGivenToSecret(source, literal) || continues(source, hidden.at(-1), literal)))
      hidden.push(literal);
    else if (looksRandom(text)) hidden.push(literal);
  }
  for (const { 0: run, index } of source.matchAll(/[A-Za-z0-9_-]{20,}/g))
    if (looksRandom(run)) hidden.push({ start: index, end: index + run.length });
  for (const secret of secrets.filter((each) => each.length >= 4))
    for (let at = source.indexOf(secret); at !== -1; at = source.indexOf(secret, at + 1))
      hidden.push({ start: at, end: at + secret.length });
  return blankOut(source, hidden);
}

function isGivenToSecret(source: string, { start }: Literal): boolean {
  const before = source.slice(Math.max(0, start - LOOK_BACK), start);
  const given = GIVEN_TO.exec(before);
  return given !== null && secretKey(given[2] ?? given[3] ?? '');
}

/** `'abc' + 'def'`: the rest of a hidden literal. */
const continues = (source: string, before: Literal | undefined, { start }: Literal): boolean =>
  before !== undefined && /^["'`]\s*\+\s*["'`]$/.test(source.slice(before.end, start));

/** Line ends stay, so that lines keep their numbers. */
function blankOut(source: string, hidden: readonly Literal[]): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const { start, end } of hidden.toSorted((a, b) => a.start - b.start)) {
    if (end <= copied) continue;
    const from = Math.max(start, copied);
    pieces.push(source.slice(copied, from), source.slice(from, end).replace(/[^\r\n\u2028\u2029]/g, BULLET));
    copied = end;
  }
  return pieces.join('') + source.slice(copied);
}

/**
 * The string literals of a text, those in comments included: somebody may have put a line with a secret aside. A text with errors has
 * literals too, so this reads quotes and no grammar; a literal without an end ends with its line.
 */
function* literalsOf(source: string): Generator<Literal> {
  const interesting = /\/\/|\/\*|\*\/|[\r\n\u2028\u2029]|["'`]/g;
  let comment: 'line' | 'block' | undefined;
  for (let match = interesting.exec(source); match !== null; match = interesting.exec(source)) {
    const [mark] = match;
    if (mark === '//') comment ??= 'line';
    else if (mark === '/*') comment ??= 'block';
    else if (mark === '*/') comment = comment === 'block' ? undefined : comment;
    else if (mark === '"' || mark === "'" || mark === '`') {
      // In a comment, the apostrophe of "don't" opens nothing.
      if (comment !== undefined && /\w/.test(source.charAt(match.index - 1))) continue;
      const start = match.index + 1;
      const end = endOf(source, start, mark);
      yield { start, end };
      interesting.lastIndex = source.charAt(end) === mark ? end + 1 : end;
    } else if (comment === 'line') comment = undefined;
  }
}

/** Where a literal's closing quote stands, or its line ends (a template goes on over lines). */
function endOf(source: string, start: number, quote: string): number {
  for (let at = start; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === '\\') at += 1;
    else if (char === quote || (quote !== '`' && (char === '\n' || char === '\r'))) return at;
  }
  return source.length;
}
