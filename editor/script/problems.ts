import { editor, MarkerSeverity } from 'monaco-editor/editor';
import { MARKED_BY } from './marks.ts';

/** One thing that is marked in a script. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

/** What is marked in a script, in the order of the text; a failed run's line is not a problem of the text. */
export const problemsOf = (model: editor.ITextModel): Problem[] =>
  editor
    .getModelMarkers({ resource: model.uri })
    .filter(({ owner, severity }) => owner !== MARKED_BY.run && severity !== MarkerSeverity.Hint)
    .map(({ startLineNumber, startColumn, severity, message }) => ({
      ...{ line: startLineNumber, column: startColumn, message },
      severity: nameOf(severity),
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column);

const nameOf = (severity: MarkerSeverity): Problem['severity'] =>
  severity === MarkerSeverity.Error ? 'error' : severity === MarkerSeverity.Warning ? 'warning' : 'info';
