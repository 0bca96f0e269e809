import { editor } from 'monaco-editor/editor';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../server/contract/mapping.ts';
import { useHubWords } from '../parts/hub-words.tsx';
import { checkScript } from './check.ts';
import { showHubRemarks } from './hub-remarks.ts';
import { speakTypeScript } from './language/typescript-words.ts';
import { keepCursorInSight } from './keep-in-sight.ts';
import { clientModel, declareSandbox } from './libraries.ts';
import { useMenusHint } from './menus-hint.tsx';
import { setUpMonaco } from './monaco.ts';
import { WRITING } from './options.ts';
import { showRunError } from './run-error.ts';
import './script-editor.css';
import { makeHandle } from './script-handle.ts';
import { SourceView } from './source-view.tsx';
import type { ScriptEditorProps } from './types.ts';
import { useScript } from './use-script.ts';
import { useSourceView } from './use-source-view.ts';
import { useTheme } from './use-theme.ts';

const ESCAPE_TAB = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? 'Ctrl+Shift+M' : 'Ctrl+M';

const NO_FORM: readonly FormField[] = [];

/** The script editor itself: Monaco, told of everything that the page knows. Loaded when the first script is opened. */
export default function EditorView(props: ScriptEditorProps): ReactElement {
  const { t, i18n } = useTranslation('script');
  const say = useHubWords();
  const {
    readOnly = false,
    wraps = true,
    label,
    provider,
    variables,
    form = NO_FORM,
    diagnostics,
    runError,
    onReady,
  } = props;
  const [container, setContainer] = useState<HTMLDivElement | null>(null);
  const [view, setView] = useState<editor.IStandaloneCodeEditor>();

  useEffect(() => {
    if (container === null) return;
    setUpMonaco();
    const made = editor.create(container, { ...WRITING, model: null });
    const inSight = keepCursorInSight(made);
    setView(made);
    return () => {
      inSight.dispose();
      made.dispose();
      setView(undefined);
    };
  }, [container]);

  useTheme(view !== undefined);

  useEffect(() => {
    if (view !== undefined) declareSandbox(provider, variables);
  }, [view, provider, variables]);

  const { language } = i18n;
  useEffect(() => {
    if (view !== undefined) speakTypeScript(language);
  }, [view, language]);
  useMenusHint();

  const escape = t('escapeTab', { keys: ESCAPE_TAB });
  const refusal = t('readOnly');
  useEffect(() => {
    const ariaLabel = `${label}. ${escape}`;
    view?.updateOptions({ ariaLabel, readOnly, domReadOnly: readOnly, readOnlyMessage: { value: refusal } });
  }, [view, label, escape, readOnly, refusal]);

  useEffect(() => {
    view?.updateOptions({ wordWrap: wraps ? 'on' : 'off' });
  }, [view, wraps]);

  const model = useScript(view, props);

  useEffect(() => {
    if (model === undefined) return;
    const check = checkScript(model, { form, t, say });
    return () => check.dispose();
  }, [model, form, t, say, provider, variables]);

  useEffect(() => {
    if (model === undefined) return;
    const said = diagnostics.map((remark) => ({ ...remark, message: say(remark.message) }));
    const remarks = showHubRemarks(model, said);
    return () => remarks.dispose();
  }, [model, diagnostics, say]);

  useEffect(() => {
    if (view === undefined || model === undefined || runError === undefined || view.getModel() !== model)
      return;
    const failure = { ...runError, message: say(runError.message) };
    const marks = showRunError(view, model, failure, (message) => t('failedHere', { message }));
    return () => marks.dispose();
  }, [view, model, runError, say, t]);

  const [lookedAt, lookAt] = useSourceView(view);
  const latest = useRef({ provider, onReady });
  useEffect(() => {
    latest.current = { provider, onReady };
  });
  const handle = useMemo(
    () => view && makeHandle(view, () => lookAt({ model: clientModel(latest.current.provider) })),
    [view, lookAt],
  );
  const isReady = model !== undefined;
  useEffect(() => {
    if (handle !== undefined && isReady) latest.current.onReady?.(handle);
  }, [handle, isReady]);

  return (
    <>
      <div ref={setContainer} className="script-editor" />
      <SourceView file={lookedAt} onClose={() => lookAt(undefined)} />
    </>
  );
}
