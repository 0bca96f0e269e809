import { Text, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnsaved } from './draft-state.ts';
import type { DraftState } from './draft-state.ts';
import classes from './mapping.module.css';
import { StageMark } from './stage-mark.tsx';
import type { StageState } from './stage-state.ts';
import { RETURNS, STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { ByStage } from './types.ts';

interface StageTabsProps {
  readonly stage: Stage;
  readonly onStage: (stage: Stage) => void;
  readonly states: ByStage<StageState>;
  readonly drafts: ByStage<DraftState>;
  /** The id of what the tabs are for. */
  readonly panelId: string;
}

/** The five stages in the order in which an approval meets them; arrow keys go from one to the next. */
export function StageTabs({ stage, onStage, states, drafts, panelId }: StageTabsProps) {
  const { t } = useTranslation('mapping');
  const tabs = useRef(new Map<Stage, HTMLButtonElement>());
  const onKey = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -9, End: 9 };
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const place = Math.min(Math.max(STAGES.indexOf(stage) + step, 0), STAGES.length - 1);
    const next = STAGES[place] ?? stage;
    onStage(next);
    tabs.current.get(next)?.focus();
  };
  return (
    <div role="tablist" aria-label={t('stages')} className={classes['tabs']} onKeyDown={onKey}>
      {STAGES.map((each) => (
        <Tooltip
          key={each}
          multiline
          maw={360}
          label={`${t(`does.${each}`)} · ${t('returns')} ${RETURNS[each]}`}
        >
          <UnstyledButton
            ref={(button) => {
              if (button !== null) tabs.current.set(each, button);
            }}
            role="tab"
            id={`${panelId}-${each}`}
            aria-selected={each === stage}
            aria-controls={panelId}
            tabIndex={each === stage ? 0 : -1}
            className={classes['tab']}
            onClick={() => onStage(each)}
          >
            <StageMark state={states[each]} />
            {t(`stage.${each}`)}
            {isUnsaved(drafts[each]) && (
              <Text span inherit className={classes['unsaved']}>
                <span aria-hidden>*</span>
                <VisuallyHidden>{t('unsavedMark')}</VisuallyHidden>
              </Text>
            )}
          </UnstyledButton>
        </Tooltip>
      ))}
    </div>
  );
}
