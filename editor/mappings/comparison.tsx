import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ScriptDiff } from '../script/script-editor.tsx';
import { OtherChanges } from './other-changes.tsx';
import { STAGES } from './stages.ts';
import type { Compared } from './types.ts';
import classes from './versions.module.css';

/** The differences of two states: stage by stage, and beside the scripts. */
export function Comparison({ compared, mappingId }: { compared: Compared; mappingId: string }) {
  const { t } = useTranslation(['versions', 'mapping']);
  const { stages, approvalDefinitionId, limits } = compared;
  const changed = STAGES.filter((stage) => stages[stage].changed);
  const same = STAGES.filter((stage) => !stages[stage].changed).map((stage) => t(`mapping:stage.${stage}`));
  if (changed.length === 0 && !approvalDefinitionId.changed && !limits.changed)
    return <Text>{t('same')}</Text>;
  return (
    <Stack gap="md">
      <OtherChanges changes={compared} />
      {changed.map((stage) => (
        <section key={stage}>
          <Title order={2} size="h5">
            <Anchor component={Link} to={`/mappings/${mappingId}?stage=${stage}`} inherit>
              {t(`mapping:stage.${stage}`)}
            </Anchor>
          </Title>
          <div className={classes['diff']}>
            <ScriptDiff
              before={stages[stage].from}
              after={stages[stage].to}
              label={t(`mapping:stage.${stage}`)}
            />
          </div>
        </section>
      ))}
      {same.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('sameStages', { stages: same.join(', ') })}
        </Text>
      )}
    </Stack>
  );
}
