import { editor, Range } from 'monaco-editor/editor';
import { problemsOf } from './problems.ts';
import type { Problem } from './problems.ts';

/** What a page can do with a script editor beside giving it a text. */
export interface ScriptHandle {
  /** Puts a snippet (`$1` and `${1:word}` are its gaps) at the cursor, or in place of what is selected, and goes on from there. */
  insert(snippet: string): void;
  /** Puts blanks and indentation in order; what is written Java's way stays as it is. */
  format(): Promise<void>;
  /** Shows a place and puts the cursor there; both numbers from 1. */
  goTo(line: number, column?: number): void;
  focus(): void;
  /** Shows the source of the provider's client. */
  openClient(): void;
  /** What is marked in the script, in the order of the text. */
  problems(): Problem[];
  /** Tells about changes of `problems()`. Call the answer to end it. */
  onProblems(listener: (problems: Problem[]) => void): () => void;
}

/** Monaco's snippets, as far as they are used here; Monaco declares none of its contributions. */
interface SnippetInserter extends editor.IEditorContribution {
  insert(template: string): void;
}

/** @param openClient what shows the source of the provider's client */
export function makeHandle(view: editor.IStandaloneCodeEditor, openClient: () => void): ScriptHandle {
  const problems = (): Problem[] => {
    const model = view.getModel();
    return model === null ? [] : problemsOf(model);
  };
  return {
    insert(snippet) {
      view.focus();
      view.getContribution<SnippetInserter>('snippetController2')?.insert(snippet);
    },
    async format() {
      await view.getAction('editor.action.formatDocument')?.run();
    },
    goTo(line, column = 1) {
      const place = { lineNumber: line, column };
      view.setPosition(place);
      view.revealRangeInCenterIfOutsideViewport(Range.fromPositions(place));
      view.focus();
    },
    focus: () => view.focus(),
    openClient,
    problems,
    onProblems(listener) {
      const subscriptions = [
        editor.onDidChangeMarkers((resources) => {
          const own = view.getModel()?.uri.toString();
          if (resources.some((each) => each.toString() === own)) listener(problems());
        }),
        view.onDidChangeModel(() => listener(problems())),
      ];
      return () => {
        for (const subscription of subscriptions) subscription.dispose();
      };
    },
  };
}
