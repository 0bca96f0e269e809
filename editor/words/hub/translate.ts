/** Sentences in English, and in another language. `{name}` stands for what differs; `{*name}` for words of the hub's in turn. */
export type Sentences = Readonly<Record<string, string>>;

interface Pattern {
  readonly expression: RegExp;
  /** The names of what differs, in the order of the English; with `*` for words to be translated in turn. */
  readonly names: readonly string[];
  readonly said: string;
}

const PLACES = /\{(\*?\w+)\}/g;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;
/** Words within words, as a script's failure in a task's reason; nothing that the hub says goes deeper. */
const DEEPEST = 5;

/**
 * Makes a translator of what the hub says. That comes ready-made, in answers and in what was stored long ago, so that its English is
 * the key, as in gettext; here with what differs filled in.
 * @param stages names of stages in the other language, by the script's own word: what `{stage…}` stands for
 * @returns the text in the other language; what no sentence of `sentences` is stays as it was
 */
export function translatorOf(
  sentences: Sentences,
  stages: Readonly<Record<string, string>> = {},
): (text: string) => string {
  let patterns: readonly Pattern[] | undefined;

  /** The text as one sentence; undefined when it is none. */
  function sentence(text: string, depth: number): string | undefined {
    patterns ??= patternsOf(sentences);
    const hasDot = text.endsWith('.');
    const bare = hasDot ? text.slice(0, -1) : text;
    for (const { expression, names, said } of patterns) {
      const match = expression.exec(bare);
      if (match === null) continue;
      const values = new Map(names.map((name, index) => [name, match[index + 1] ?? '']));
      const words = said.replaceAll(PLACES, (_, name: string) => {
        const value = values.get(name) ?? '';
        if (name.startsWith('stage')) return stages[value] ?? value;
        return name.startsWith('*') && depth < DEEPEST ? all(value, depth + 1) : value;
      });
      return hasDot && !/[。？！]$/.test(words) ? `${words}。` : words;
    }
    return undefined;
  }

  /** The text as several sentences: each as it can be said, from the longest beginning that is one. */
  function all(text: string, depth: number): string {
    const whole = sentence(text, depth);
    if (whole !== undefined) return whole;
    const ends = [...text.matchAll(/[.?] /g)].map(({ index }) => index + 1);
    for (const end of ends.toReversed()) {
      const head = sentence(text.slice(0, end), depth);
      if (head !== undefined) return head + all(text.slice(end + 1), depth);
    }
    for (const end of ends) {
      const tail = sentence(text.slice(end + 1), depth);
      if (tail !== undefined) return `${text.slice(0, end + 1)}${tail}`;
    }
    return text;
  }

  // One word alone is a name, or what a person wrote.
  return (text) => (text.includes(' ') ? all(text, 0) : text);
}

/** The one that says most of itself is tried first: `must be text` before `must be {value}`. */
function patternsOf(sentences: Sentences): Pattern[] {
  const own = (english: string): number => english.replaceAll(PLACES, '').length;
  return Object.entries(sentences)
    .toSorted(([a], [b]) => own(b) - own(a))
    .map(([english, said]) => {
      const parts = english.replace(/\.$/, '').split(PLACES);
      const source = parts.map((part, index) =>
        index % 2 === 1 ? placeIn(parts, index) : part.replaceAll(SPECIAL, '\\$&'),
      );
      return {
        expression: new RegExp(`^${source.join('')}$`),
        names: parts.filter((_, index) => index % 2 === 1),
        said: said.replace(/。$/, ''),
      };
    });
}

/** What stands alone in brackets has none itself: what a provider says before its code may. */
function placeIn(parts: readonly string[], index: number): string {
  const isInBrackets = parts[index - 1]?.endsWith('(') === true && parts[index + 1]?.startsWith(')') === true;
  return isInBrackets && parts[index]?.startsWith('*') === false ? '([^()]*)' : '([^]*?)';
}
