import { Anchor, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry, VariableCatalogue } from '../../server/contract/catalogue.ts';
import type { FormField } from '../../server/contract/mapping.ts';
import { wordsOf } from '../parts/error-state.tsx';
import { ScriptEditor } from '../script/script-editor.tsx';
import type { Problem, RunError, ScriptHandle } from '../script/script-editor.tsx';
import type { DraftState } from './draft-state.ts';
import { DraftNews, DraftStatus } from './draft-status.tsx';
import type { Drafts } from './drafts.ts';
import classes from './mapping.module.css';
import { MergeDialog } from './merge-dialog.tsx';
import { Palette } from './palette.tsx';
import type { Stage } from './stages.ts';

interface ScriptPaneProps {
  readonly mappingId: string;
  readonly stage: Stage;
  /** Where the address leads in the script. */
  readonly line: number | undefined;
  readonly draft: DraftState;
  readonly drafts: Drafts;
  readonly provider: ProviderEntry;
  readonly variables: VariableCatalogue;
  readonly form: readonly FormField[] | undefined;
  /** Why the form is not known. */
  readonly formTrouble: Error | undefined;
  readonly runError: RunError | undefined;
  readonly mayEdit: boolean;
  readonly wraps: boolean;
  /** Set while the editor is there. */
  readonly handleRef: Ref<ScriptHandle | null>;
}

const NONE: readonly never[] = [];

/** The script of one stage: the editor, what can be inserted, what is wrong, and where the text is kept. */
export function ScriptPane(props: ScriptPaneProps) {
  const { mappingId, stage, draft, drafts, provider, variables, form, mayEdit, handleRef } = props;
  const { t } = useTranslation('mapping');
  const [handle, setHandle] = useState<ScriptHandle>();
  const [isMerging, setMerging] = useState(false);
  const onReady = useCallback(
    (ready: ScriptHandle) => {
      setHandle(ready);
      if (typeof handleRef === 'function') handleRef(ready);
      else if (handleRef !== null) handleRef.current = ready;
    },
    [handleRef],
  );
  const { line } = props;
  useEffect(() => {
    if (handle === undefined || line === undefined) return undefined;
    // The editor has the script of the address in a moment.
    const going = setTimeout(() => handle.goTo(line));
    return () => clearTimeout(going);
  }, [handle, line, stage]);
  const script = { stage, provider, variables, form, modelKey: `${mappingId}/${stage}` };
  return (
    <div className={classes['pane']}>
      <div className={classes['script']}>
        <ScriptEditor
          {...script}
          value={draft.text}
          onChange={(text) => drafts.type(stage, text)}
          readOnly={!mayEdit}
          wraps={props.wraps}
          label={t('scriptLabel', { stage: t(`stage.${stage}`) })}
          diagnostics={draft.diagnostics ?? NONE}
          runError={props.runError}
          onReady={onReady}
        />
      </div>
      {/* Below the script, so that its lines stay where they are. */}
      <DraftNews {...{ stage, draft, drafts }} onMerge={() => setMerging(true)} />
      <Palette {...{ stage, handle, provider, variables, form, mayEdit }} />
      <div className={classes['status']}>
        <Problems handle={handle} />
        {mayEdit ? <DraftStatus {...{ stage, draft, drafts }} /> : <Text size="sm">{t('readOnly')}</Text>}
      </div>
      {stage === 'create' && props.formTrouble !== undefined && (
        <Text size="sm" c="dimmed">
          {t('formTrouble', { why: wordsOf(props.formTrouble) })}
        </Text>
      )}
      {isMerging && draft.theirs !== undefined && (
        <MergeDialog
          base={draft.base.source}
          mine={draft.text}
          theirs={draft.theirs}
          script={{ ...script, modelKey: `${mappingId}/${stage}/merge` }}
          onSettle={(text) => drafts.settle(stage, text)}
          onClose={() => setMerging(false)}
        />
      )}
    </div>
  );
}

/** How many problems are marked; a click goes to the next one. */
function Problems({ handle }: { handle: ScriptHandle | undefined }) {
  const { t } = useTranslation('mapping');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const next = useRef(0);
  useEffect(() => {
    if (handle === undefined) return undefined;
    setProblems(handle.problems());
    return handle.onProblems((found) => {
      next.current = 0;
      setProblems(found);
    });
  }, [handle]);
  if (problems.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('noProblems')}
      </Text>
    );
  const goOn = (): void => {
    const problem = problems[next.current % problems.length];
    next.current += 1;
    if (problem !== undefined) handle?.goTo(problem.line, problem.column);
  };
  const isError = problems.some(({ severity }) => severity === 'error');
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      title={t('nextProblem')}
      {...(isError && { c: 'var(--mantine-color-error)' })}
      onClick={goOn}
    >
      {t('problems', { count: problems.length })}
    </Anchor>
  );
}
