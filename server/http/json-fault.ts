/** Where a text stops being JSON (RFC 8259), and what should have stood there. Line and column are 1-based. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const SPACE = /[\t\n\r ]*/y;
const PLAIN_VALUE = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// eslint-disable-next-line no-control-regex -- JSON forbids them raw inside a string
const STRING_PART = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

const EXPECTED = {
  value: 'a value',
  firstItem: 'a value or ]',
  firstKey: 'a key in double quotes or }',
  key: 'a key in double quotes',
  colon: 'a colon',
  afterItem: 'a comma or ]',
  afterMember: 'a comma or }',
  end: 'the end',
} as const;
type State = keyof typeof EXPECTED;

/**
 * Finds the place that JSON.parse stumbled at: V8 names it in some of its messages only.
 * @returns null when the text is JSON
 */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('[' | '{')[] = [];
  let at = 0;
  let state: State = 'value';

  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const skipString = (): boolean => {
    const start = at++;
    while (skip(STRING_PART));
    if (text[at++] === '"') return true;
    at = start;
    return false;
  };
  const afterValue = (): State => {
    const inside = open.at(-1);
    return inside === undefined ? 'end' : inside === '[' ? 'afterItem' : 'afterMember';
  };
  /** The state behind the token that stands here; undefined when none may stand here. */
  const step = (character: string | undefined): State | undefined => {
    const wantsValue = state === 'value' || state === 'firstItem';
    if (wantsValue && (character === '[' || character === '{')) {
      open.push(character);
      at++;
      return character === '[' ? 'firstItem' : 'firstKey';
    }
    if (wantsValue && (character === '"' ? skipString() : skip(PLAIN_VALUE))) return afterValue();
    if ((state === 'key' || state === 'firstKey') && character === '"' && skipString()) return 'colon';
    const closes = character === ']' ? ['firstItem', 'afterItem'] : ['firstKey', 'afterMember'];
    at++;
    if ((character === ']' || character === '}') && closes.includes(state)) {
      open.pop();
      return afterValue();
    }
    if (character === ':' && state === 'colon') return 'value';
    if (character === ',' && state === 'afterItem') return 'value';
    if (character === ',' && state === 'afterMember') return 'key';
    at--;
    return undefined;
  };

  for (;;) {
    skip(SPACE);
    if (at >= text.length && state === 'end') return null;
    const next = step(text[at]);
    if (next === undefined) return { ...placeOf(text, at), expected: EXPECTED[state] };
    state = next;
  }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
