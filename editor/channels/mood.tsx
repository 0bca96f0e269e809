import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconExclamationCircleFilled,
  IconPointFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mood } from './health.ts';
import classes from './mood.module.css';

const ICONS = {
  good: IconCircleCheckFilled,
  quiet: IconPointFilled,
  warning: IconExclamationCircleFilled,
  bad: IconAlertTriangleFilled,
} as const;

/**
 * How one thing about a channel stands: shape, colour and words.
 * @param props.children the words; absent: the mood's own
 */
export function MoodText({ mood, children }: { mood: Mood; children?: ReactNode }) {
  const { t } = useTranslation('channels');
  const Icon = ICONS[mood];
  return (
    <span className={classes['mood']} data-mood={mood}>
      <Icon size={15} aria-hidden />
      <span>{children ?? t(`moods.${mood}`)}</span>
    </span>
  );
}
