import type ts from 'typescript';

type Parts = readonly ts.SymbolDisplayPart[] | undefined;

/** TypeScript's words in pieces, as one text. */
export const textOf = (parts: Parts): string => (parts ?? []).map(({ text }) => text).join('');

/**
 * A declaration's comment with its tags, as Markdown.
 * @param say the comments of our own declarations in the reader's language
 */
export function documentationOf(
  documentation: Parts,
  tags: readonly ts.JSDocTagInfo[] = [],
  say: (text: string) => string = (text) => text,
): string {
  const lines = tags.map(({ name, text }) => {
    const [first, ...rest] = text ?? [];
    const about =
      name === 'param' ? `\`${first?.text ?? ''}\` ${say(textOf(rest).trim())}` : say(textOf(text));
    return `*@${name}* ${about}`;
  });
  return [say(textOf(documentation)), ...lines].filter((line) => line !== '').join('\n\n');
}
