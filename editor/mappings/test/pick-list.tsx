import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './test-panel.module.css';

/** One thing to choose from a list. */
export interface Choice {
  readonly key: string;
  readonly title: string;
  readonly beside?: ReactNode;
  readonly below?: ReactNode;
  /** Why it cannot be chosen. */
  readonly refused?: string | undefined;
}

/** A list to choose one thing from, with the keyboard too. */
export function PickList({
  label,
  choices,
  onPick,
}: {
  label: string;
  choices: readonly Choice[];
  onPick: (key: string) => void;
}) {
  return (
    <ul className={classes['picks']} aria-label={label}>
      {choices.map(({ key, title, beside, below, refused }) => (
        <li key={key}>
          <UnstyledButton
            className={classes['pick']}
            disabled={refused !== undefined}
            onClick={() => onPick(key)}
          >
            <span className={classes['pickTitle']}>
              <span>{title}</span>
              {beside}
            </span>
            <Text span size="xs" c="dimmed" display="block">
              {below}
              {refused}
            </Text>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
