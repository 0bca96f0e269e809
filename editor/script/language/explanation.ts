import { languages } from 'monaco-editor/editor';
import type ts from 'typescript';
import { knownOf } from '../check.ts';
import { PLAIN_LANGUAGE } from '../languages.ts';
import { fileOf, rangeOf, serviceOf } from './service.ts';
import { documentationOf, textOf } from './words.ts';

/** What a name is, under the pointer. */
export const hover: languages.HoverProvider = {
  async provideHover(model, position) {
    const service = await serviceOf(model);
    const info = await service.getQuickInfo(fileOf(model), model.getOffsetAt(position));
    if (info === undefined || model.isDisposed()) return undefined;
    const say = knownOf(model)?.say;
    return {
      range: rangeOf(model, info.textSpan),
      contents: [
        { value: `\`\`\`${PLAIN_LANGUAGE}\n${textOf(info.displayParts)}\n\`\`\`` },
        { value: documentationOf(info.documentation, info.tags, say) },
      ],
    };
  },
};

/** What a function wants, while its call is written. */
export const signatures: languages.SignatureHelpProvider = {
  signatureHelpTriggerCharacters: ['(', ','],
  async provideSignatureHelp(model, position) {
    const service = await serviceOf(model);
    const help = await service.getSignatures(fileOf(model), model.getOffsetAt(position));
    if (help === undefined || model.isDisposed()) return undefined;
    const say = knownOf(model)?.say ?? ((text: string) => text);
    const value = {
      activeSignature: help.selectedItemIndex,
      activeParameter: help.argumentIndex,
      signatures: help.items.map((item) => signatureOf(item, say)),
    };
    return { value, dispose: () => undefined };
  },
};

function signatureOf(
  item: ts.SignatureHelpItem,
  say: (text: string) => string,
): languages.SignatureInformation {
  const parameters = item.parameters.map(({ displayParts, documentation }) => ({
    label: textOf(displayParts),
    documentation: { value: say(textOf(documentation)) },
  }));
  const listed = parameters.map(({ label }) => label).join(textOf(item.separatorDisplayParts));
  return {
    label: textOf(item.prefixDisplayParts) + listed + textOf(item.suffixDisplayParts),
    documentation: { value: say(textOf(item.documentation)) },
    parameters,
  };
}
