import { Text } from '@mantine/core';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ProviderEntry, VariableCatalogue } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { useMay } from '../app/session.tsx';
import { useShortcuts } from '../app/shortcuts.tsx';
import { showDone } from '../parts/notify.ts';
import { Page } from '../parts/page.tsx';
import type { RunFailure } from '../parts/run-result-run.ts';
import { useSaved } from '../parts/saved.ts';
import type { RunError, ScriptHandle } from '../script/script-editor.tsx';
import { isUnsaved } from './draft-state.ts';
import type { DraftKeep } from './draft-keep.ts';
import { MappingActions, MappingFacts } from './mapping-header.tsx';
import classes from './mapping.module.css';
import { PublishDialog } from './publish-dialog.tsx';
import { ScriptPane } from './script-pane.tsx';
import { StageTabs } from './stage-tabs.tsx';
import { stateOf } from './stage-state.ts';
import type { TestedHere } from './stage-state.ts';
import { byStage, lineOf, RETURNS, STAGES, stageOf } from './stages.ts';
import type { Stage } from './stages.ts';
import { TestPanel } from './test/test-panel.tsx';
import type { TestPanelHandle } from './test/test-panel.tsx';
import type { MappingDetail } from './types.ts';
import { useDrafts } from './use-drafts.ts';
import { useForm } from './use-form.ts';
import { TEST_KEYS, ViewToggles, WRAP_KEYS } from './view-toggles.tsx';
import { WorkArea } from './work-area.tsx';

interface MappingEditorProps {
  readonly mapping: MappingDetail;
  readonly channel: ShownChannel;
  readonly provider: ProviderEntry;
  readonly variables: VariableCatalogue;
  readonly keep: DraftKeep;
}

/** The five stages of a mapping: the script on the left, its test on the right; under each other where there is little room. */
export function MappingEditor({ mapping, channel, provider, variables, keep }: MappingEditorProps) {
  const { t } = useTranslation('mapping');
  const mayEdit = useMay('editor');
  const [query, setQuery] = useSearchParams();
  const stage = stageOf(query.get('stage'));
  const line = lineOf(query.get('line'));
  const [all, drafts] = useDrafts(mapping, { keep, mayEdit });
  const { fields: form, trouble: formTrouble } = useForm(mapping.id);
  const [runErrors, setRunErrors] = useState<Partial<Record<Stage, RunError>>>({});
  const [testedHere, setTestedHere] = useState<Partial<Record<Stage, TestedHere>>>({});
  const [isPublishing, setPublishing] = useState(false);
  const [wraps, setWraps] = useSaved('script.wrap', true);
  const [isTestShown, setTestShown] = useSaved('mapping.test', true);
  const handle = useRef<ScriptHandle>(null);
  const panel = useRef<TestPanelHandle>(null);
  const panelId = useId();

  // The hub remarks on what it saves: a text that nobody changed is saved as it is, which changes nothing.
  const { base, diagnostics } = all[stage];
  useEffect(() => {
    if (mayEdit && diagnostics === undefined && !isUnsaved(drafts.all()[stage])) void drafts.save(stage);
  }, [drafts, mayEdit, stage, base.etag, diagnostics]);

  const goTo = useCallback(
    (next: Stage) => {
      setQuery(
        (before) => {
          before.set('stage', next);
          before.delete('line');
          return before;
        },
        { replace: true },
      );
    },
    [setQuery],
  );
  const states = byStage((each) =>
    stateOf({
      text: all[each].text,
      saved: mapping.draft[each],
      standard: provider.scripts[each],
      lastTest: mapping.lastTests[each],
      testedHere: testedHere[each],
    }),
  );
  const sources = useMemo(() => byStage((each) => all[each].text), [all]);
  const onFailure = useCallback((of: Stage, failure: RunFailure | undefined) => {
    setRunErrors((before) => ({ ...before, [of]: placeOf(failure) }));
  }, []);
  const onTested = (of: Stage, ok: boolean): void =>
    setTestedHere((before) => ({ ...before, [of]: { text: all[of].text, ok } }));
  const onGoTo = (of: Stage, line: number, column: number): void => {
    goTo(of);
    // The editor has the other script once the address has changed.
    setTimeout(() => handle.current?.goTo(line, column));
  };
  const saveAll = async (): Promise<void> => {
    if (await drafts.saveAll()) {
      showDone(t('allSaved'));
      return;
    }
    // Why, and what to do, stands below that script.
    const states = drafts.all();
    goTo(STAGES.find((each) => isUnsaved(states[each])) ?? stage);
  };

  const runStage = (): void => {
    setTestShown(true);
    panel.current?.runStage();
  };
  const runChain = (): void => {
    setTestShown(true);
    panel.current?.runChain();
  };
  const editing = [
    { keys: 'Mod+S', label: t('shortcuts.save'), run: () => void saveAll() },
    { keys: 'Mod+Enter', label: t('shortcuts.runStage'), run: runStage },
    { keys: 'Mod+Shift+Enter', label: t('shortcuts.runChain'), run: runChain },
    { keys: TEST_KEYS, label: t('shortcuts.test'), run: () => setTestShown((before) => !before) },
  ];
  useShortcuts([
    ...(mayEdit ? editing : []),
    ...STAGES.map((each, index) => ({
      keys: `Alt+${index + 1}`,
      label: t('shortcuts.stage', { stage: t(`stage.${each}`) }),
      run: () => goTo(each),
    })),
    { keys: WRAP_KEYS, label: t('shortcuts.wrap'), run: () => setWraps((before) => !before) },
  ]);

  const script = (
    <ScriptPane
      {...{ stage, line, drafts, provider, variables, form, formTrouble, mayEdit }}
      mappingId={mapping.id}
      draft={all[stage]}
      runError={runErrors[stage]}
      handleRef={handle}
      wraps={wraps}
    />
  );
  const test = mayEdit && (
    <TestPanel {...{ mapping, stage, sources, form, onFailure, onTested, onGoTo }} ref={panel} />
  );
  const isChanged = mapping.changedStages.length > 0 || STAGES.some((each) => isUnsaved(all[each]));
  return (
    <Page
      fills
      title={mapping.name}
      back={{ to: '/mappings', label: t('back') }}
      beside={<MappingFacts {...{ mapping, channel, isChanged }} />}
      actions={<MappingActions mapping={mapping} onPublish={() => setPublishing(true)} />}
    >
      <div className={classes['bar']}>
        <StageTabs {...{ stage, states, panelId }} drafts={all} onStage={goTo} />
        <Text size="sm" className={classes['returns']}>
          {t('returns')} <code>{RETURNS[stage]}</code>{' '}
          <Text span inherit c="dimmed">
            {t('orNothing')}
          </Text>
        </Text>
        <ViewToggles
          {...{ wraps, isTestShown }}
          onWrap={setWraps}
          onTest={mayEdit ? setTestShown : undefined}
        />
      </div>
      <div role="tabpanel" id={panelId} aria-labelledby={`${panelId}-${stage}`} className={classes['work']}>
        <WorkArea {...{ script, test }} isTestShown={mayEdit && isTestShown} />
      </div>
      {isPublishing && (
        <PublishDialog
          {...{ mapping, drafts, states }}
          onClose={() => setPublishing(false)}
          onStage={(next) => {
            setPublishing(false);
            goTo(next);
          }}
          onRunChain={() => {
            setPublishing(false);
            runChain();
          }}
        />
      )}
    </Page>
  );
}

/** The line at which a run failed; undefined when no line of it is at fault. */
function placeOf(failure: RunFailure | undefined): RunError | undefined {
  if (failure?.line == null) return undefined;
  return { line: failure.line, column: failure.column ?? 1, message: failure.message };
}
