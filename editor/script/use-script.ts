import { editor } from 'monaco-editor/editor';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { openText } from './models.ts';
import type { ScriptEditorProps } from './types.ts';

type Shown = Pick<ScriptEditorProps, 'modelKey' | 'stage' | 'provider' | 'value' | 'onChange'>;

/**
 * Shows the script of a key in the view, with the history and the place it was left with, and keeps its text and `value` in step.
 * @returns the script's model, undefined until the view is there
 */
export function useScript(
  view: editor.IStandaloneCodeEditor | undefined,
  { modelKey, stage, provider: { name: provider }, value, onChange }: Shown,
): editor.ITextModel | undefined {
  const [model, setModel] = useState<editor.ITextModel>();
  const latest = useRef({ value, onChange });
  // Texts that were handed out and may still come back as `value`, a few keys late: they are no news.
  const handedOut = useRef(new Set<string>());
  const isFromOutside = useRef(false);
  useLayoutEffect(() => {
    latest.current = { value, onChange };
  });

  // A layout effect, since these end before others do: where the author stood is read while the view is still there.
  useLayoutEffect(() => {
    if (view === undefined) return;
    const opened = openText(modelKey, { provider, stage }, latest.current.value);
    handedOut.current.clear();
    view.setModel(opened.model);
    view.restoreViewState(opened.viewState);
    setModel(opened.model);
    return () => {
      opened.viewState = view.saveViewState();
    };
  }, [view, modelKey, provider, stage]);

  useEffect(() => {
    const typed = model?.onDidChangeContent(() => {
      if (isFromOutside.current) return;
      const text = model.getValue();
      handedOut.current.add(text);
      latest.current.onChange(text);
    });
    return () => typed?.dispose();
  }, [model]);

  useEffect(() => {
    if (model === undefined || view === undefined || view.getModel() !== model) return;
    if (model.getValue() === value) handedOut.current.clear();
    else if (!handedOut.current.has(value)) {
      isFromOutside.current = true;
      replaceText(view, model, value);
      isFromOutside.current = false;
    }
  }, [view, model, value]);

  return model;
}

/** Puts another text in place of the whole, as one step that can be undone; the author stays where he was. */
function replaceText(view: editor.ICodeEditor, model: editor.ITextModel, text: string): void {
  const state = view.saveViewState();
  model.pushStackElement();
  model.pushEditOperations(null, [{ range: model.getFullModelRange(), text }], () => null);
  model.pushStackElement();
  view.restoreViewState(state);
}
