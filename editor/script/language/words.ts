import type ts from 'typescript';

type Parts = readonly ts.SymbolDisplayPart[] | undefined;

/** TypeScript's words in pieces, as one text. */
export const textOf = (parts: Parts): string => (parts ?? []).map(({ text }) => text).join('');

/** A declaration's comment with its tags, as Markdown. */
export function documentationOf(documentation: Parts, tags: readonly ts.JSDocTagInfo[] = []): string {
  const lines = tags.map(({ name, text }) => {
    const [first, ...rest] = text ?? [];
    const about = name === 'param' ? `\`${first?.text ?? ''}\` ${textOf(rest).trim()}` : textOf(text);
    return `*@${name}* ${about}`;
  });
  return [textOf(documentation), ...lines].filter((line) => line !== '').join('\n\n');
}
