import {
  IconAlertTriangleFilled,
  IconArrowBackUp,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockFilled,
  IconPlayerPauseFilled,
  IconPointFilled,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { parts } from '../words/parts.ts';
import classes from './status-badge.module.css';

type Known = keyof typeof parts.en.status;
type Tone = 'good' | 'bad' | 'busy' | 'warn' | 'quiet';
interface Look {
  readonly tone: Tone;
  readonly Icon: ComponentType<{ size: number; 'aria-hidden': true }>;
}

const GOOD: Look = { tone: 'good', Icon: IconCircleCheckFilled };
const BAD: Look = { tone: 'bad', Icon: IconCircleXFilled };
const BROKEN: Look = { tone: 'bad', Icon: IconAlertTriangleFilled };
const BUSY: Look = { tone: 'busy', Icon: IconClockFilled };
const GONE: Look = { tone: 'quiet', Icon: IconArrowBackUp };
const NOTHING: Look = { tone: 'quiet', Icon: IconPointFilled };

const LOOKS: Readonly<Record<Known, Look>> = {
  submitted: { tone: 'busy', Icon: IconCircleDashed },
  pending: BUSY,
  approved: GOOD,
  rejected: BAD,
  revoked: GONE,
  failed: BROKEN,
  terminated: GONE,
  ok: GOOD,
  error: BROKEN,
  running: BUSY,
  paused: { tone: 'warn', Icon: IconPlayerPauseFilled },
  applied: GOOD,
  unchanged: NOTHING,
  waiting: BUSY,
  foreign: NOTHING,
  agreed: GOOD,
  refused: BAD,
  transferred: GONE,
  unknown: NOTHING,
};

const isKnown = (status: string): status is Known => status in LOOKS;

/**
 * A status as word, colour and shape.
 * @param props.status of a task, approval, approver, event or run; one that is not known here is shown in its own word
 * @param props.label another word for it
 */
export function StatusBadge({ status, label }: { status: string; label?: string }) {
  const { t } = useTranslation('parts');
  const { tone, Icon } = isKnown(status) ? LOOKS[status] : NOTHING;
  return (
    <span className={classes['badge']} data-tone={tone} data-status={status}>
      <Icon size={14} aria-hidden />
      {label ?? (isKnown(status) ? t(`status.${status}`) : status)}
    </span>
  );
}
