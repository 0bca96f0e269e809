import { Anchor, Button, Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { When } from '../parts/when.tsx';
import { StageMark } from './stage-mark.tsx';
import type { StageState } from './stage-state.ts';
import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { ByStage, MappingDetail } from './types.ts';

interface PublishTestsProps {
  readonly states: ByStage<StageState>;
  readonly lastTests: MappingDetail['lastTests'];
  readonly onStage: (stage: Stage) => void;
  readonly onRunChain: () => void;
}

/** How each stage's text, as it would be published, came through its last test. */
export function PublishTests({ states, lastTests, onStage, onRunChain }: PublishTestsProps) {
  const { t } = useTranslation(['versions', 'mapping', 'mappings']);
  return (
    <section>
      <Group justify="space-between" mb={4}>
        <Title order={2} size="h5">
          {t('tests')}
        </Title>
        <Button size="compact-sm" variant="default" title={t('runAllHelp')} onClick={onRunChain}>
          {t('runAll')}
        </Button>
      </Group>
      <Table verticalSpacing={4} aria-label={t('tests')}>
        <Table.Tbody>
          {STAGES.map((stage) => {
            const last = lastTests[stage];
            const isOfThisText = states[stage] === 'passed' || states[stage] === 'failing';
            return (
              <Table.Tr key={stage}>
                <Table.Td w="30%">
                  <Anchor component="button" type="button" size="sm" onClick={() => onStage(stage)}>
                    {t(`mapping:stage.${stage}`)}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <Group gap={6} wrap="nowrap">
                    <StageMark state={states[stage]} />
                    <Text size="sm" aria-hidden>
                      {t(`mappings:state.${states[stage]}`)}
                    </Text>
                  </Group>
                </Table.Td>
                <Table.Td>
                  {isOfThisText && last !== undefined && (
                    <Text size="sm">
                      <Anchor component={Link} to={`/executions/${last.executionId}`} target="_blank" inherit>
                        {t('testedAt')} <When at={last.at} />
                      </Anchor>
                      {last.recorded && ` · ${t('recorded')}`}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </section>
  );
}
