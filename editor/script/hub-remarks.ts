import { editor, MarkerSeverity, Range } from 'monaco-editor/editor';
import type { Diagnostic } from '../../server/contract/mapping.ts';
import { markAt, MARKED_BY, SEVERITIES, stretchAt, touchesLine } from './marks.ts';

/** A remark of the hub's, and the decoration that moves with its text. */
interface Followed {
  readonly remark: Diagnostic;
  readonly decoration: string;
}

/**
 * Marks what the hub said of a script when it was saved. A remark leaves as soon as its line is changed, for it was made of another text; and it
 * is not shown where TypeScript or the form's check marks the same place.
 * @returns to be disposed of when the script is left or the hub has said something new
 */
export function showHubRemarks(
  model: editor.ITextModel,
  remarks: readonly Diagnostic[],
): { dispose(): void } {
  const decorations = model.deltaDecorations(
    [],
    remarks.map(({ line, column }) => ({ range: stretchAt(model, line, column), options: {} })),
  );
  let followed = remarks.map((remark, index): Followed => ({ remark, decoration: decorations[index] ?? '' }));
  let shown = '';
  const show = (): void => {
    const others = editor
      .getModelMarkers({ resource: model.uri })
      .filter(({ owner }) => owner !== MARKED_BY.hub);
    const markers = followed
      .map((each) => markerOf(model, each))
      .filter((marker) => !others.some((other) => tellsTheSame(other, marker)));
    const text = JSON.stringify(markers);
    if (text === shown) return;
    shown = text;
    editor.setModelMarkers(model, MARKED_BY.hub, markers);
  };
  show();
  const subscriptions = [
    model.onDidChangeContent((event) => {
      const before = followed.length;
      followed = followed.filter(({ decoration }) => {
        const range = model.getDecorationRange(decoration);
        return range !== null && !touchesLine(event, range.startLineNumber, range.endLineNumber);
      });
      if (followed.length !== before) show();
    }),
    editor.onDidChangeMarkers((resources) => {
      if (resources.some((each) => each.toString() === model.uri.toString())) show();
    }),
  ];
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      if (model.isDisposed()) return;
      model.deltaDecorations(decorations, []);
      editor.setModelMarkers(model, MARKED_BY.hub, []);
    },
  };
}

function markerOf(model: editor.ITextModel, { remark, decoration }: Followed): editor.IMarkerData {
  const range = model.getDecorationRange(decoration) ?? new Range(1, 1, 1, 1);
  return markAt(range, { severity: SEVERITIES[remark.severity], message: remark.message });
}

/** An error or a field's warning at the same place speaks of the same thing; a wrong type there may be another matter. */
function tellsTheSame(other: editor.IMarker, marker: editor.IMarkerData): boolean {
  const begins = other.startLineNumber === marker.startLineNumber && other.startColumn === marker.startColumn;
  if (!begins) return false;
  if (other.owner === MARKED_BY.form) return quoted(other.message) === quoted(marker.message);
  return other.owner === MARKED_BY.typescript && other.severity === MarkerSeverity.Error;
}

/** The first name in quotes: the field that is spoken of, in either language. */
const quoted = (message: string): string | undefined => /["“](.*?)["”]/.exec(message)?.[1];
