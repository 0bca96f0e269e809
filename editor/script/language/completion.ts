import { languages } from 'monaco-editor/editor';
import type { editor, IRange } from 'monaco-editor/editor';
import type ts from 'typescript';
import { knownOf } from '../check.ts';
import { fileOf, rangeOf, serviceOf } from './service.ts';
import { documentationOf, textOf } from './words.ts';

/** A suggestion, with what is needed to ask more about it. */
interface Suggestion extends languages.CompletionItem {
  readonly model: editor.ITextModel;
  readonly offset: number;
}

const { CompletionItemKind: Kind } = languages;

/** TypeScript's kinds of names (ts.ScriptElementKind) as Monaco's; what is not here is a property. */
const KINDS: Readonly<Record<string, languages.CompletionItemKind>> = {
  keyword: Kind.Keyword,
  'primitive type': Kind.Keyword,
  var: Kind.Variable,
  'local var': Kind.Variable,
  let: Kind.Variable,
  const: Kind.Constant,
  parameter: Kind.Variable,
  function: Kind.Function,
  'local function': Kind.Function,
  method: Kind.Method,
  class: Kind.Class,
  interface: Kind.Interface,
  module: Kind.Module,
};

/** What can stand at the cursor, and on request what it is. */
export const completion: languages.CompletionItemProvider = {
  triggerCharacters: ['.'],
  async provideCompletionItems(model, position) {
    const word = model.getWordUntilPosition(position);
    const { lineNumber } = position;
    const wordRange: IRange = {
      ...{ startLineNumber: lineNumber, startColumn: word.startColumn },
      ...{ endLineNumber: lineNumber, endColumn: word.endColumn },
    };
    const offset = model.getOffsetAt(position);
    const service = await serviceOf(model);
    const info = await service.getCompletions(fileOf(model), offset);
    if (info === undefined || model.isDisposed()) return undefined;
    const suggestions = info.entries.map(({ name, kind, sortText, replacementSpan }): Suggestion => ({
      ...{ label: name, insertText: name, sortText, model, offset },
      kind: kindOf(kind),
      range: replacementSpan === undefined ? wordRange : rangeOf(model, replacementSpan),
    }));
    return { suggestions };
  },
  async resolveCompletionItem(item) {
    const { model, offset, insertText } = item as Suggestion;
    const service = await serviceOf(model);
    const details = await service.getCompletionDetails(fileOf(model), offset, insertText);
    if (details === undefined) return item;
    const documentation = {
      value: documentationOf(details.documentation, details.tags, knownOf(model)?.say),
    };
    return { ...item, detail: textOf(details.displayParts), documentation };
  },
};

const kindOf = (kind: ts.ScriptElementKind): languages.CompletionItemKind => KINDS[kind] ?? Kind.Property;
