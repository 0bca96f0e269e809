import { editor, Uri } from 'monaco-editor/editor';
import { SCRIPT_LANGUAGE } from './languages.ts';
import { scriptFile } from './places.ts';
import type { ScriptPlace } from './places.ts';

/** A script that was opened in this page: its text with the undo history, and where its author stood. */
export interface OpenText {
  readonly model: editor.ITextModel;
  viewState: editor.ICodeEditorViewState | null;
}

/** So many scripts keep their history; beyond that, who was away the longest is forgotten. */
const MOST = 40;

/** In the order in which they were last shown. */
const opened = new Map<string, OpenText>();
let count = 0;

/**
 * The text of a script: as it was left when it was opened in this page before, else a new one.
 * @param key the same for the same script, such as `${mappingId}/${stage}`
 */
export function openText(key: string, place: ScriptPlace, text: string): OpenText {
  const whole = `${place.provider}/${place.stage}/${key}`;
  const found = opened.get(whole) ?? { model: newModel(place, text), viewState: null };
  opened.delete(whole);
  opened.set(whole, found);
  forgetOldest();
  return found;
}

function newModel(place: ScriptPlace, text: string): editor.ITextModel {
  count += 1;
  return editor.createModel(text, SCRIPT_LANGUAGE, Uri.parse(scriptFile(place, count)));
}

function forgetOldest(): void {
  for (const [key, { model }] of opened) {
    if (opened.size <= MOST) return;
    if (model.isAttachedToEditor()) continue;
    opened.delete(key);
    model.dispose();
  }
}
