import { Splitter } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaved } from '../parts/saved.ts';
import classes from './work-area.module.css';

/** What is shared out before anybody moves the divider, in per cent. */
const SCRIPT = 56;
/** Less of either cannot be worked with. */
const LEAST = 25;

interface WorkAreaProps {
  readonly script: ReactNode;
  /** Absent for those who may not try anything. */
  readonly test: ReactNode;
  /** A test that is not shown stays there: what was put in and what runs is not lost. */
  readonly isTestShown: boolean;
}

/** The script and its test: beside each other with a divider that can be moved, below each other where there is little room. */
export function WorkArea({ script, test, isTestShown }: WorkAreaProps) {
  const { t } = useTranslation('mapping');
  const [sizes, setSizes] = useSaved<number[]>('mapping.split', [SCRIPT, 100 - SCRIPT]);
  return (
    <div className={classes['area']}>
      <Splitter
        sizes={sizes}
        onSizeChange={(next) => setSizes(next.map(Number))}
        attributes={{ handle: { 'aria-label': t('resize'), title: t('resizeHelp') } }}
        className={classes['sides']}
        mod={{ alone: !isTestShown }}
      >
        <Splitter.Pane defaultSize={SCRIPT} min={LEAST}>
          {script}
        </Splitter.Pane>
        <Splitter.Pane defaultSize={100 - SCRIPT} min={LEAST}>
          <div className={classes['test']}>{test}</div>
        </Splitter.Pane>
      </Splitter>
    </div>
  );
}
