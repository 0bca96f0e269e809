import { lazy, Suspense } from 'react';
import type { ReactElement } from 'react';
import { Loading, LoadFailure } from './loading.tsx';
import { loadMonacoWords } from './monaco-words.ts';
import type { ScriptDiffProps, ScriptEditorProps } from './types.ts';

export type { Problem } from './problems.ts';
export type { RunError } from './run-error.ts';
export type { ScriptHandle } from './script-handle.ts';
export type { ScriptDiffProps, ScriptEditorProps } from './types.ts';

const EditorView = lazy(() => loadMonacoWords().then(() => import('./editor-view.tsx')));
const DiffView = lazy(() => loadMonacoWords().then(() => import('./diff-view.tsx')));

/**
 * Edits one stage script: completes and explains what the stage has in scope, plain or Java-flavoured, and marks what is wrong. Fills
 * its container. Monaco is loaded with the first one.
 */
export const ScriptEditor = (props: ScriptEditorProps): ReactElement => (
  <LoadFailure>
    <Suspense fallback={<Loading />}>
      <EditorView {...props} />
    </Suspense>
  </LoadFailure>
);

/** Compares two scripts, side by side where there is room. Fills its container. */
export const ScriptDiff = (props: ScriptDiffProps): ReactElement => (
  <LoadFailure>
    <Suspense fallback={<Loading />}>
      <DiffView {...props} />
    </Suspense>
  </LoadFailure>
);
