import { editor } from 'monaco-editor/editor';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PLAIN_LANGUAGE } from './languages.ts';
import { setUpMonaco } from './monaco.ts';
import { LOOKS } from './options.ts';
import './script-editor.css';
import type { ScriptDiffProps } from './types.ts';
import { useTheme } from './use-theme.ts';

/** Below this width there is no room for two scripts side by side. */
const NARROW = 900;

/** Two scripts compared by Monaco. Loaded when the first comparison is opened. */
export default function DiffView({
  before,
  after,
  language = 'javascript',
  line,
  label,
}: ScriptDiffProps): ReactElement {
  const { t } = useTranslation('script');
  const [container, setContainer] = useState<HTMLDivElement | null>(null);
  const [view, setView] = useState<editor.IStandaloneDiffEditor>();
  const title = label ?? t('diff.label');

  useEffect(() => {
    if (container === null) return;
    setUpMonaco();
    const made = editor.createDiffEditor(container, {
      ...LOOKS,
      ...{ readOnly: true, domReadOnly: true, originalEditable: false },
      ...{ renderSideBySide: true, useInlineViewWhenSpaceIsLimited: true },
      renderSideBySideInlineBreakpoint: NARROW,
      ignoreTrimWhitespace: false,
      renderOverviewRuler: false,
      // Tab has nothing to write here.
      tabFocusMode: true,
    });
    setView(made);
    return () => {
      made.dispose();
      setView(undefined);
    };
  }, [container]);

  useTheme(view !== undefined);

  const labels = { before: `${title}: ${t('diff.before')}`, after: `${title}: ${t('diff.after')}` };
  useEffect(() => {
    view?.getOriginalEditor().updateOptions({ ariaLabel: labels.before });
    view?.getModifiedEditor().updateOptions({ ariaLabel: labels.after });
  }, [view, labels.before, labels.after]);

  // A layout effect, since these end before others do: a view that is gone already takes no model, not even none.
  useLayoutEffect(() => {
    if (view === undefined) return;
    const id = language === 'javascript' ? PLAIN_LANGUAGE : 'plaintext';
    const original = editor.createModel(before, id);
    const modified = editor.createModel(after, id);
    view.setModel({ original, modified });
    return () => {
      view.setModel(null);
      // Monaco breaks off a comparison in its next turn; one that ends before and finds no texts is an error.
      setTimeout(() => {
        original.dispose();
        modified.dispose();
      });
    };
  }, [view, before, after, language]);

  useEffect(() => {
    if (view === undefined) return;
    const old = view.getOriginalEditor();
    // Only then is known which lines stand where.
    const computed = view.onDidUpdateDiff(() => {
      if (line === undefined) {
        view.revealFirstDiff();
        return;
      }
      old.setSelection({ startLineNumber: line, startColumn: 1, endLineNumber: line + 1, endColumn: 1 });
      old.revealLineInCenter(line);
    });
    return () => computed.dispose();
  }, [view, before, after, line]);

  return <div ref={setContainer} className="script-diff" />;
}
