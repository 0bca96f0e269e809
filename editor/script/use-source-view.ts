import { editor } from 'monaco-editor/editor';
import type { IRange } from 'monaco-editor/editor';
import { useEffect, useState } from 'react';

/** A file that is looked at, and where. */
export interface LookedAt {
  readonly model: editor.ITextModel;
  readonly at?: IRange;
}

/**
 * Whoever goes to a definition outside of the script (the provider's client, a declaration) sees it in a window of its own.
 * @returns what is looked at, and how to look at something or, with undefined, at nothing
 */
export function useSourceView(
  view: editor.ICodeEditor | undefined,
): readonly [LookedAt | undefined, (file: LookedAt | undefined) => void] {
  const [lookedAt, lookAt] = useState<LookedAt>();
  useEffect(() => {
    if (view === undefined) return;
    const opener = editor.registerEditorOpener({
      openCodeEditor(source, resource, at) {
        const model = editor.getModel(resource);
        if (model === null || model === view.getModel() || !isIn(view, source)) return false;
        const range = at === undefined || 'startLineNumber' in at ? at : pointAt(at.lineNumber, at.column);
        lookAt({ model, ...(range !== undefined && { at: range }) });
        return true;
      },
    });
    return () => opener.dispose();
  }, [view]);
  return [lookedAt, lookAt];
}

const pointAt = (line: number, column: number): IRange => ({
  ...{ startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: column },
});

/** The view itself, or one that peeks from it. */
const isIn = (view: editor.ICodeEditor, other: editor.ICodeEditor): boolean =>
  view.getContainerDomNode().contains(other.getContainerDomNode());
