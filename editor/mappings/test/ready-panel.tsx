import { Text, VisuallyHidden } from '@mantine/core';
import { useImperativeHandle, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ProviderEntry,
  TaskTypeCatalogue,
  VariableCatalogue,
} from '../../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../../server/contract/channel.ts';
import type { Stage } from '../../../server/contract/stage.ts';
import { useMay } from '../../app/session.tsx';
import { Console } from '../../parts/console.tsx';
import { HttpTrace } from '../../parts/http-trace.tsx';
import { showDone } from '../../parts/notify.ts';
import { HistoryPane } from './history-pane.tsx';
import { InputPane } from './input-pane.tsx';
import { troubleOf } from './inputs.ts';
import { OpenedApproval } from './opened-approval.tsx';
import { FormerTest, Notices } from './panel-notices.tsx';
import { PanelTabs } from './panel-tabs.tsx';
import { recordingFrom, withAnswerTo } from './recording-text.ts';
import { ResultPane } from './result-pane.tsx';
import { RunButtons } from './run-buttons.tsx';
import { CHAIN, failedStage, stepToFollow } from './run-round.ts';
import type { Step } from './run-round.ts';
import { RunStatus } from './run-status.tsx';
import { tabAfter } from './tabs.ts';
import type { Tab } from './tabs.ts';
import classes from './test-panel.module.css';
import type { TestPanelProps } from './test-panel.tsx';
import { useConsent } from './use-consent.tsx';
import { useFormerTests } from './use-former-tests.ts';
import { useInputs } from './use-inputs.ts';
import { useKeptToken } from './use-kept-token.ts';
import { useTestRuns } from './use-test-runs.ts';
import type { Asked } from './use-test-runs.ts';

export interface ReadyPanelProps extends TestPanelProps {
  readonly catalogue: VariableCatalogue;
  readonly taskTypes: TaskTypeCatalogue;
  readonly channel: ShownChannel | undefined;
  readonly provider: ProviderEntry | undefined;
}

/** The test panel when it knows the catalogue. */
export function ReadyPanel(props: ReadyPanelProps) {
  const { mapping, stage, sources, form, onFailure, onTested, onGoTo, ref } = props;
  const { catalogue, taskTypes, channel, provider } = props;
  const { t } = useTranslation('test');
  const mayRun = useMay('editor');
  const [inputs, change] = useInputs(mapping, catalogue);
  const [token, keepToken] = useKeptToken(mapping.id);
  const [tab, setTab] = useState<Tab>(mayRun ? 'input' : 'history');
  // Undefined: whichever step ended last.
  const [chosen, setChosen] = useState<number>();
  const { former, openFormer, closeFormer, inputOf } = useFormerTests();
  const consent = useConsent(channel);
  const runs = useTestRuns({
    mappingId: mapping.id,
    ...{ sources, inputs, change, token, keepToken, onFailure, onTested },
    onEnd(round, step) {
      // What failed is shown, whatever was being looked at.
      setChosen((before) => (round.steps[step]?.state === 'passed' ? (before ?? step) : step));
      setTab((before) => tabAfter(before, round, step));
    },
  });
  const { round, isRunning, trouble } = runs;

  const start = async (asked: Asked): Promise<void> => {
    if (!mayRun || isRunning) return;
    if (!(await consent(asked.stages, (asked.inputs ?? inputs).mode))) return;
    closeFormer();
    setChosen(undefined);
    // The answers of a chain's stages are worth watching as they come.
    if (asked.stages.length > 1) setTab('result');
    await runs.start(asked);
  };
  const runStage = (): void => void start({ stages: [stage] });
  const runChain = (): void => void start({ stages: CHAIN, patient: inputs.mode === 'live' });
  useImperativeHandle(ref, () => ({ runStage, runChain, cancel: runs.cancel }));

  const runAgain = async (id: string): Promise<void> => {
    const found = await inputOf(id, inputs);
    if (found === undefined) return;
    change(() => found.inputs);
    showDone(found.hasMasked ? t('history.masked') : t('history.takenBack'));
    await start({ stages: [found.stage], inputs: found.inputs });
  };
  const look = async (id: string): Promise<void> => {
    const passed = await openFormer(id);
    if (passed !== undefined) setTab(passed ? 'result' : 'console');
  };
  const current = chosen ?? (round === undefined ? 0 : stepToFollow(round));
  const step: Step | undefined = former ?? round?.steps[current];
  const run = step?.run;
  const shownStage = step?.stage ?? stage;
  const goTo = (line: number, column: number): void => {
    const at = run === undefined ? shownStage : failedStage(shownStage, run);
    if (onGoTo !== undefined) onGoTo(at, line, column);
    else onFailure(at, run?.error);
  };
  // The text of a former test may have been another one: its lines are named only.
  const onLine = former === undefined ? goTo : undefined;
  const setRecording = (of: Stage, text: string): void =>
    change((before) => ({ ...before, recordings: { ...before.recordings, [of]: text } }));
  const record = (): void => {
    setRecording(shownStage, recordingFrom(run?.http ?? []).text);
    showDone(t('recording.keptAll', { stage: shownStage }));
  };

  return (
    <section className={classes['panel']} aria-label={t('panel')}>
      <VisuallyHidden role="status">{runs.told}</VisuallyHidden>
      {mayRun ? (
        <RunButtons
          {...{ stage, isRunning }}
          mode={inputs.mode}
          onMode={(mode) => change((before) => ({ ...before, mode }))}
          onRun={runStage}
          onRunChain={runChain}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('mayNot')}
        </Text>
      )}
      {former === undefined ? (
        <RunStatus
          {...{ round }}
          isCancelling={runs.isCancelling}
          shown={current}
          onShow={(index) => {
            setChosen(index);
            setTab((before) => (before === 'input' || before === 'history' ? 'result' : before));
          }}
          onCancel={runs.cancel}
        />
      ) : (
        <FormerTest step={former} onBack={closeFormer} />
      )}
      <Notices
        trouble={trouble && troubleOf([trouble.stage], sources, inputs, {})}
        tokenDropped={runs.tokenDropped}
        onShow={() => setTab('input')}
      />
      {runs.opened !== undefined && !isRunning && (
        <OpenedApproval
          opened={runs.opened}
          onForget={runs.forgetOpened}
          onRevoke={() => {
            const { id } = runs.opened ?? { id: '' };
            const live = { ...inputs, mode: 'live' } as const;
            void start({ stages: ['revoke'], inputs: live, approvalInstanceId: id, patient: true });
          }}
        />
      )}
      <PanelTabs
        tab={tab}
        onTab={setTab}
        counts={{ console: run?.logs.length ?? 0, http: run?.http.length ?? 0 }}
        panes={{
          input: mayRun ? (
            <InputPane
              {...{ mapping, stage, catalogue, taskTypes, provider, inputs, change, token }}
              source={sources[stage]}
              forgetToken={() => keepToken({})}
            />
          ) : undefined,
          result: (
            <ResultPane
              {...{ stage, step, form, onLine }}
              isLive={former !== undefined || round?.isLive === true}
              onAgain={runStage}
              onRecord={mayRun ? record : undefined}
              onAddAnswer={(lacking) => {
                setRecording(shownStage, withAnswerTo(inputs.recordings[shownStage] ?? '', lacking));
                setTab('input');
              }}
            />
          ),
          console: <Console lines={run?.logs ?? []} failure={run?.error} onLine={onLine} />,
          http: <HttpTrace calls={run?.http ?? []} />,
          history: (
            <HistoryPane
              mappingId={mapping.id}
              mayRun={mayRun}
              onOpen={(id) => void look(id)}
              onAgain={(id) => void runAgain(id)}
            />
          ),
        }}
      />
    </section>
  );
}
