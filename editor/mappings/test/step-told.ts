import type { TFunction } from 'i18next';
import { wordsOf } from '../../parts/error-state.tsx';
import type { Step } from './run-round.ts';

/**
 * What to say to those who hear the page when a stage has begun or ended; "" for what is not worth a word.
 * @param say the hub's words in the reader's language
 */
export function stepTold(
  t: TFunction<'test'>,
  say: (text: string) => string,
  { stage, state, run, trouble }: Step,
): string {
  switch (state) {
    case 'running':
      return t('told.started', { stage });
    case 'resting':
      return t('told.resting', { stage });
    case 'cancelled':
      return t('told.cancelled', { stage });
    case 'passed':
      return t('told.passed', { stage, ms: Math.round(run?.durationMs ?? 0) });
    case 'failed':
      return t('told.failed', { stage, message: say(run?.error?.message ?? wordsOf(trouble)) });
    case 'waiting':
    case 'skipped':
      return '';
  }
}
