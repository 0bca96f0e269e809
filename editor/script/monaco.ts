import { editor, KeyCode, KeyMod } from 'monaco-editor/editor';
// features/suggest/register has suggestions in the text itself, and forgets the list.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/diffEditor/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/format/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/gotoSymbol/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/quickCommand/register';
import 'monaco-editor/features/readOnlyMessage/register';
import 'monaco-editor/features/referenceSearch/register';
import 'monaco-editor/features/rename/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import { registerLanguages } from './language/register.ts';
import { defineThemes } from './themes.ts';

/** Keys that belong to the page: run a stage, run the chain. Monaco would make a new line of them. */
const KEYS_OF_THE_PAGE = [
  { keys: KeyMod.CtrlCmd | KeyCode.Enter, command: 'editor.action.insertLineAfter' },
  { keys: KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.Enter, command: 'editor.action.insertLineBefore' },
];

let isSetUp = false;

/** Makes Monaco ready for stage scripts; once a page, however often it is called. */
export function setUpMonaco(): void {
  if (isSetUp) return;
  isSetUp = true;
  // For what needs no language: comparing two texts. Scripts have a worker of their own.
  globalThis.MonacoEnvironment = {
    getWorker: () =>
      new Worker(new URL('./worker/editor.worker.ts', import.meta.url), { type: 'module', name: 'text' }),
  };
  defineThemes();
  registerLanguages();
  editor.addKeybindingRules(
    KEYS_OF_THE_PAGE.map(({ keys, command }) => ({ keybinding: keys, command: `-${command}` })),
  );
}
