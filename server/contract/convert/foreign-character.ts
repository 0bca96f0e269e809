/** Punctuation of Chinese keyboards and word processors, and the sign that a script wants in its place. */
const ASCII_FOR: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '′': "'",
  '´': "'",
  '、': ',',
  '。': '.',
  '【': '[',
  '】': ']',
  '〔': '[',
  '〕': ']',
  '《': '<',
  '》': '>',
  '〈': '<',
  '〉': '>',
  '～': '~',
  '￥': '$',
  '…': '...',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': '*',
  '÷': '/',
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
};

// Unicode's full-width forms repeat ASCII's signs, this far above them.
const FULL_WIDTH_OFFSET = 0xfee0;

/** What to type instead of a look-alike such as `，` or `“`; undefined for any other character. */
export function asciiFor(character: string): string | undefined {
  const isFullWidth = character >= '！' && character <= '～';
  const plain = ASCII_FOR[character];
  return (
    plain ?? (isFullWidth ? String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET) : undefined)
  );
}

/** A sentence for a character that no script may hold outside texts and comments. */
export function explainCharacter(character: string): string {
  const ascii = asciiFor(character);
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (ascii !== undefined)
    return `Unexpected character ${character} (${code}): type the ASCII character ${ascii} instead`;
  if (/[\p{C}\p{Z}]/u.test(character)) return `An invisible character (${code}) stands here: delete it`;
  if (character === '@') return 'Unexpected "@": Java annotations are not read here, leave them out';
  if (character === '#') return 'Unexpected "#": a comment starts with // here';
  if (character === '\\') return 'Unexpected "\\": a backslash belongs inside a text in quotes';
  return `Unexpected character ${character} (${code})`;
}
