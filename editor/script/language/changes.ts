import { Range } from 'monaco-editor/editor';
import type { editor, languages } from 'monaco-editor/editor';
import type ts from 'typescript';
import { fileOf, rangeOf, serviceOf } from './service.ts';

/** Puts blanks and indentation in order, in all of the script or in a part of it. */
export const formatting: languages.DocumentRangeFormattingEditProvider = {
  async provideDocumentRangeFormattingEdits(model, range, options) {
    const start = model.getOffsetAt(Range.getStartPosition(range));
    const end = model.getOffsetAt(Range.getEndPosition(range));
    const service = await serviceOf(model);
    const changes = await service.getFormatting(fileOf(model), start, end, blanksOf(options));
    if (model.isDisposed()) return [];
    return changes.map(({ span, newText }) => ({ range: rangeOf(model, span), text: newText }));
  },
};

/** "Did you mean …?" as a quick fix. */
export const spelling: languages.CodeActionProvider = {
  async provideCodeActions(model, _, { markers }) {
    const service = await serviceOf(model);
    const actions = await Promise.all(
      markers.filter(isOfTypeScript).map(async (marker) => {
        const start = model.getOffsetAt({ lineNumber: marker.startLineNumber, column: marker.startColumn });
        const end = model.getOffsetAt({ lineNumber: marker.endLineNumber, column: marker.endColumn });
        const fixes = await service.getSpellings(fileOf(model), start, end, Number(marker.code));
        return fixes.map(({ description, changes }) => ({
          ...{ title: description, kind: 'quickfix', diagnostics: [marker] },
          edit: {
            edits: changes.map(({ span, newText }) => ({
              ...{ resource: model.uri, versionId: model.getVersionId() },
              textEdit: { range: rangeOf(model, span), text: newText },
            })),
          },
        }));
      }),
    );
    return { actions: actions.flat(), dispose: () => undefined };
  },
};

const isOfTypeScript = ({ code }: editor.IMarkerData): boolean =>
  typeof code === 'string' && /^\d+$/.test(code);

const blanksOf = ({ tabSize, insertSpaces }: languages.FormattingOptions): ts.FormatCodeSettings => ({
  ...{ indentSize: tabSize, tabSize, convertTabsToSpaces: insertSpaces, newLineCharacter: '\n' },
  ...{ insertSpaceAfterCommaDelimiter: true, insertSpaceAfterSemicolonInForStatements: true },
  ...{
    insertSpaceBeforeAndAfterBinaryOperators: true,
    insertSpaceAfterKeywordsInControlFlowStatements: true,
  },
  insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true,
});
