import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScriptDiff } from '../script/script-editor.tsx';
import { lineChanges } from './line-changes.ts';
import { OtherChanges } from './other-changes.tsx';
import classes from './versions.module.css';
import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { Compared } from './types.ts';

interface PublishChangesProps {
  /** Undefined when nothing is live yet. */
  readonly changes: Compared | undefined;
  readonly version: number | null;
}

/** What a new version would change, stage by stage; each opens side by side. */
export function PublishChanges({ changes, version }: PublishChangesProps) {
  const { t } = useTranslation('versions');
  if (changes === undefined || version === null) return <Text size="sm">{t('changesFirst')}</Text>;
  const changed = STAGES.filter((stage) => changes.stages[stage].changed);
  const isSame = changed.length === 0 && !changes.approvalDefinitionId.changed && !changes.limits.changed;
  return (
    <section>
      <Title order={2} size="h5" mb={4}>
        {t('changes', { version })}
      </Title>
      {isSame && <Text size="sm">{t('changesNone', { version })}</Text>}
      <OtherChanges changes={changes} />
      <Stack gap="xs">
        {changed.map((stage) => (
          <StageChange key={stage} stage={stage} {...changes.stages[stage]} />
        ))}
      </Stack>
    </section>
  );
}

function StageChange({ stage, from, to }: { stage: Stage; from: string; to: string }) {
  const { t } = useTranslation(['versions', 'mapping']);
  const [isOpen, setOpen] = useState(false);
  const counts = lineChanges(from, to);
  const name = t(`mapping:stage.${stage}`);
  return (
    <div>
      <Group gap="sm">
        <Text size="sm" fw={600} miw={90}>
          {name}
        </Text>
        <Text size="sm" span role="img" aria-label={t('lineCounts', { ...counts })}>
          <span className={classes['added']}>{t('added', { count: counts.added })}</span>{' '}
          <span className={classes['removed']}>{t('removed', { count: counts.removed })}</span>
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={isOpen}
          onClick={() => setOpen((open) => !open)}
        >
          {isOpen ? t('hide') : t('show')}
        </Button>
      </Group>
      {isOpen && (
        <div className={classes['diff']}>
          <ScriptDiff before={from} after={to} label={name} />
        </div>
      )}
    </div>
  );
}
