import classes from './run-result.module.css';

/** Names and values, one pair a line. */
export function Pairs({ of }: { of: readonly (readonly [name: string, value: string | number])[] }) {
  return (
    <dl className={classes['pairs']}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
