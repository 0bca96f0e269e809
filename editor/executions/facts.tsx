import { Title } from '@mantine/core';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** One fact; left out when its value is undefined or false. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

const isThere = ({ value }: Fact): boolean => value !== undefined && value !== false && value !== null;

/** A few facts side by side, each under its name. @param props.label what they are about, for those who hear the page */
export function Facts({ label, facts }: { label: string; facts: readonly Fact[] }) {
  return (
    <dl className={classes['facts']} aria-label={label}>
      {facts.filter(isThere).map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A name and its value; names may repeat. */
export interface Pair {
  readonly name: ReactNode;
  readonly value: ReactNode;
}

/** Names and longer values, one pair a line. Values are text from outside. */
export function Pairs({ pairs, label }: { pairs: readonly Pair[]; label: string }) {
  return (
    <dl className={classes['pairs']} aria-label={label}>
      {pairs.map(({ name, value }, index) => (
        <Fragment key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

export interface SectionProps {
  readonly title: string;
  /** How deep the heading is; 2 unless told. It looks the same. */
  readonly order?: 2 | 4;
  readonly children: ReactNode;
}

/** One part of a page under its own heading. */
export function Section({ title, order = 2, children }: SectionProps) {
  return (
    <section className={classes['section']}>
      <Title order={order} size="h2" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** A value as indented JSON; a text as it is. Reachable by keyboard, for it may scroll. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  return (
    <pre className={classes['json']} tabIndex={0} aria-label={label}>
      {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
    </pre>
  );
}
