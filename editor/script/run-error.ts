import { editor, MarkerSeverity } from 'monaco-editor/editor';
import { markAt, MARKED_BY, stretchAt, touchesLine } from './marks.ts';

/** Where and why a run failed. */
export interface RunError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Longer notes would push the code out of sight; the marker's hover has all of it. */
const LONGEST_NOTE = 120;

/**
 * Marks the line at which a run failed: its background, a sign at its edge, the message as a note behind it and on hover. The marks leave as
 * soon as the line is changed.
 * @param words the note behind the line, for the error's message in short
 * @returns to be disposed of when the script is left or run again
 */
export function showRunError(
  view: editor.ICodeEditor,
  model: editor.ITextModel,
  { line, column, message }: RunError,
  words: (message: string) => string,
): { dispose(): void } {
  const range = stretchAt(model, line, column);
  const [firstLine = ''] = message.split('\n');
  const note = firstLine.length > LONGEST_NOTE ? `${firstLine.slice(0, LONGEST_NOTE)}…` : firstLine;
  const lineNumber = range.startLineNumber;
  const end = model.getLineMaxColumn(lineNumber);
  const decorations = view.createDecorationsCollection([
    {
      range,
      options: {
        isWholeLine: true,
        className: 'script-failed-line',
        glyphMarginClassName: 'script-failed-sign',
      },
    },
    {
      range: { startLineNumber: lineNumber, startColumn: end, endLineNumber: lineNumber, endColumn: end },
      options: {
        showIfCollapsed: true,
        after: {
          content: `\u00a0\u00a0✕ ${words(note)}`,
          inlineClassName: 'script-failed-note',
          cursorStops: editor.InjectedTextCursorStops.None,
        },
      },
    },
  ]);
  editor.setModelMarkers(model, MARKED_BY.run, [markAt(range, { severity: MarkerSeverity.Error, message })]);
  view.revealLineInCenterIfOutsideViewport(lineNumber);

  const clear = (): void => {
    changes.dispose();
    decorations.clear();
    if (!model.isDisposed()) editor.setModelMarkers(model, MARKED_BY.run, []);
  };
  const changes = model.onDidChangeContent((event) => {
    const at = decorations.getRange(0)?.startLineNumber;
    if (at === undefined || touchesLine(event, at)) clear();
  });
  return { dispose: clear };
}
