import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ScriptDiff } from '../script/script-editor.tsx';
import { OtherChanges } from './other-changes.tsx';
import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { Compared } from './types.ts';
import classes from './versions.module.css';

interface ComparisonProps {
  readonly compared: Compared;
  readonly mappingId: string;
  /** One stage, whether it differs or not; undefined: all that differ. */
  readonly only: Stage | undefined;
  /** A line of that stage's older text that is to be looked at. */
  readonly line: number | undefined;
}

/** The differences of two states: stage by stage, and beside the scripts. */
export function Comparison({ compared, mappingId, only, line }: ComparisonProps) {
  const { t } = useTranslation(['versions', 'mapping']);
  const { stages, approvalDefinitionId, limits } = compared;
  const changed = STAGES.filter((stage) => stages[stage].changed);
  const same = STAGES.filter((stage) => !stages[stage].changed).map((stage) => t(`mapping:stage.${stage}`));
  if (only !== undefined)
    return (
      <>
        {!stages[only].changed && <Text>{t('stageSame')}</Text>}
        <StageDiff stage={only} texts={stages[only]} {...{ mappingId, line }} isAlone />
      </>
    );
  if (changed.length === 0 && !approvalDefinitionId.changed && !limits.changed)
    return <Text>{t('same')}</Text>;
  return (
    <Stack gap="md">
      <OtherChanges changes={compared} />
      {changed.map((stage) => (
        <StageDiff key={stage} texts={stages[stage]} {...{ stage, mappingId }} />
      ))}
      {same.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('sameStages', { stages: same.join(', ') })}
        </Text>
      )}
    </Stack>
  );
}

interface StageDiffProps {
  readonly stage: Stage;
  readonly texts: Compared['stages'][Stage];
  readonly mappingId: string;
  readonly line?: number | undefined;
  /** Whether all of the page is for it. */
  readonly isAlone?: boolean;
}

function StageDiff({ stage, texts: { from, to }, mappingId, line, isAlone = false }: StageDiffProps) {
  const { t } = useTranslation('mapping');
  const name = t(`stage.${stage}`);
  return (
    <section>
      <Title order={2} size="h5">
        <Anchor component={Link} to={`/mappings/${mappingId}?stage=${stage}`} inherit>
          {name}
        </Anchor>
      </Title>
      <div className={classes['diff']} data-alone={isAlone || undefined}>
        <ScriptDiff before={from} after={to} label={name} line={line} />
      </div>
    </section>
  );
}
