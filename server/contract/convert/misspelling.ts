import { CAPITALISED_KEYWORDS } from './java-type.ts';

const KEYWORDS =
  'async await break case catch const continue default delete else finally for function if let new return switch throw try typeof var while'.split(
    ' ',
  );

/** Words of other languages at the start of a declaration or statement, and what they are here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  final: 'const',
  string: 'let',
  integer: 'let',
  bool: 'let',
  number: 'let',
  func: 'function',
  def: 'function',
  fn: 'function',
  elif: 'else if',
  elsif: 'else if',
  elseif: 'else if',
  foreach: 'for',
  dim: 'let',
};

/** The keyword that was meant by a word which makes no sense where it stands: `retrun`, `Const`, `string`; undefined if none comes near. */
export function keywordMeantBy(word: string): string | undefined {
  if (Object.hasOwn(ELSEWHERE, word)) return ELSEWHERE[word];
  if (CAPITALISED_KEYWORDS.has(word)) return word.toLowerCase();
  if (word.length < 3 || word.length > 10 || KEYWORDS.includes(word)) return undefined;
  return KEYWORDS.find((keyword) => keyword.length > 2 && isOneSlipFrom(word, keyword));
}

// In a short word one other letter makes another word: `foo` is not a slip for `for`.
const LONG_ENOUGH_FOR_A_WRONG_LETTER = 5;

/** One letter left out, doubled or (in a longer word) wrong, or two neighbours swapped. */
function isOneSlipFrom(word: string, meant: string): boolean {
  let head = 0;
  while (head < word.length && word[head] === meant[head]) head++;
  const [rest, wanted] = [word.slice(head), meant.slice(head)];
  return (
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (word.length >= LONG_ENOUGH_FOR_A_WRONG_LETTER && wanted !== '' && rest.slice(1) === wanted.slice(1)) ||
    (rest.length > 1 && rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2))
  );
}
