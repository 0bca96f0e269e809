import { MarkerSeverity, Range } from 'monaco-editor/editor';
import type { editor } from 'monaco-editor/editor';

/** Who marks something in a script. */
export const MARKED_BY = { typescript: 'typescript', form: 'form', hub: 'hub', run: 'run' } as const;

/** The words of the API for how bad something is, as Monaco counts it. */
export const SEVERITIES = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
} as const;

/**
 * The stretch to underline for a remark that has a place only: the text in quotes or the word that begins there, else one character.
 * Lines and columns beyond the text mark its nearest end.
 */
export function stretchAt(model: editor.ITextModel, line: number, column: number): Range {
  const { lineNumber, column: from } = model.validatePosition({ lineNumber: line, column });
  const rest = model.getLineContent(lineNumber).slice(from - 1);
  const length =
    /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\p{ID_Continue}$]+|.)/u.exec(rest)?.[0].length ?? 1;
  return new Range(lineNumber, from, lineNumber, from + length);
}

/** A mark at a stretch. */
export const markAt = (
  { startLineNumber, startColumn, endLineNumber, endColumn }: Range,
  about: Pick<editor.IMarkerData, 'severity' | 'message' | 'code'>,
): editor.IMarkerData => ({ startLineNumber, startColumn, endLineNumber, endColumn, ...about });

/** Whether a change of the text reached into one of these lines. */
export const touchesLine = (
  { changes }: editor.IModelContentChangedEvent,
  first: number,
  last: number = first,
): boolean =>
  changes.some(({ range, text }) => {
    const end = range.startLineNumber + (text.match(/\n/g)?.length ?? 0);
    return range.startLineNumber <= last && first <= end;
  });
