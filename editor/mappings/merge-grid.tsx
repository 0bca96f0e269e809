import { Group, Radio, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Choice, Chunk } from './merge.ts';
import classes from './merge.module.css';

interface MergeGridProps {
  readonly chunks: readonly Chunk[];
  readonly choices: ReadonlyMap<number, Choice>;
  readonly onChoice: (conflict: number, choice: Choice) => void;
  /** Who saved the other text. */
  readonly who: string;
}

/** Three texts beside each other, part by part: what was there before, theirs, mine; a choice at each conflict. */
export function MergeGrid({ chunks, choices, onChoice, who }: MergeGridProps) {
  const { t } = useTranslation('mapping');
  let conflicts = 0;
  return (
    <div
      className={classes['grid']}
      role="group"
      aria-label={t('merge.text', { who, when: '' })}
      tabIndex={0}
    >
      <div className={classes['head']}>{t('merge.whose.base')}</div>
      <div className={classes['head']}>{t('merge.whose.theirs', { who })}</div>
      <div className={classes['head']}>{t('merge.whose.mine')}</div>
      {chunks.map((chunk, index) => {
        if (chunk.kind === 'same')
          return (
            <Text key={index} size="xs" className={`${classes['whole']} ${classes['same']}`}>
              {t('merge.sameLines', { count: chunk.lines.length })}
            </Text>
          );
        const conflict = chunk.kind === 'conflict' ? conflicts++ : undefined;
        return (
          <Part
            key={index}
            {...{ chunk, conflict, who }}
            choice={conflict === undefined ? undefined : choices.get(conflict)}
            onChoice={onChoice}
          />
        );
      })}
    </div>
  );
}

interface PartProps {
  readonly chunk: Exclude<Chunk, { kind: 'same' }>;
  readonly conflict: number | undefined;
  readonly choice: Choice | undefined;
  readonly onChoice: (conflict: number, choice: Choice) => void;
  readonly who: string;
}

function Part({ chunk, conflict, choice, onChoice, who }: PartProps) {
  const { t } = useTranslation('mapping');
  const { kind } = chunk;
  const isOf = (side: 'mine' | 'theirs'): string =>
    kind === side || kind === 'both' || kind === 'conflict' ? (classes[side] ?? '') : '';
  return (
    <>
      <div className={classes['whole']}>
        {conflict === undefined ? (
          <Text size="xs" fw={600}>
            {t(`merge.kind.${kind}`, { who })}
          </Text>
        ) : (
          <Radio.Group
            size="xs"
            label={t('merge.choose', { number: conflict + 1 })}
            value={choice ?? null}
            onChange={(value) => onChoice(conflict, value)}
          >
            <Group gap="md" mt={4}>
              <Radio size="xs" value="theirs" label={t('merge.chooseTheirs')} />
              <Radio size="xs" value="mine" label={t('merge.chooseMine')} />
              <Radio size="xs" value="both" label={t('merge.chooseBoth')} />
            </Group>
          </Radio.Group>
        )}
      </div>
      <Lines lines={chunk.base} whose={t('merge.whose.base')} />
      <Lines lines={chunk.theirs} whose={t('merge.whose.theirs', { who })} className={isOf('theirs')} />
      <Lines lines={chunk.mine} whose={t('merge.whose.mine')} className={isOf('mine')} />
    </>
  );
}

function Lines({
  lines,
  whose,
  className = '',
}: {
  lines: readonly string[];
  whose: string;
  className?: string;
}) {
  const { t } = useTranslation('mapping');
  return (
    <pre className={`${classes['lines']} ${className}`}>
      <VisuallyHidden>{whose}: </VisuallyHidden>
      {lines.length === 0 ? <em>{t('merge.empty')}</em> : lines.join('\n')}
    </pre>
  );
}
