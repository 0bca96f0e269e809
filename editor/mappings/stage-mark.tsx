import { Group, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleDotted, IconCircleFilled, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './stage-mark.module.css';
import type { StageState } from './stage-state.ts';
import { STAGES } from './stages.ts';
import type { ByStage } from './types.ts';

const SHAPES = {
  passed: IconCircleFilled,
  untested: IconCircle,
  failing: IconX,
  default: IconCircleDotted,
} as const satisfies Record<StageState, unknown>;

/** A stage's state as a shape and a colour, and in words for who cannot see them. */
export function StageMark({ state }: { state: StageState }) {
  const { t } = useTranslation('mappings');
  const Shape = SHAPES[state];
  return (
    <span className={`${classes['mark']} ${classes[state]}`}>
      <Shape size={12} stroke={state === 'failing' ? 3 : 2} aria-hidden />
      <VisuallyHidden>{t(`state.${state}`)}</VisuallyHidden>
    </span>
  );
}

/** All five states in a row, for a list; which is which is told on hover, and to who hears the page. */
export function StageMarks({ states }: { states: ByStage<StageState> }) {
  const { t } = useTranslation(['mapping', 'mappings']);
  const words = STAGES.map((stage) => `${t(`stage.${stage}`)}: ${t(`mappings:state.${states[stage]}`)}`);
  return (
    <Tooltip label={words.join(' · ')}>
      <Group gap={6} wrap="nowrap" w="max-content" mih="1.5em" role="img" aria-label={words.join(', ')}>
        {STAGES.map((stage) => {
          const Shape = SHAPES[states[stage]];
          return (
            <span key={stage} className={`${classes['mark']} ${classes[states[stage]]}`} aria-hidden>
              <Shape size={12} stroke={states[stage] === 'failing' ? 3 : 2} />
            </span>
          );
        })}
      </Group>
    </Tooltip>
  );
}
