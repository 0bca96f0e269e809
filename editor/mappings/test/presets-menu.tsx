import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TaskTypeCatalogue, VariableCatalogue } from '../../../server/contract/catalogue.ts';
import { STAGES } from '../../../server/contract/stage.ts';
import type { MappingDetail } from './answers.ts';
import { presetValues, sampleValues } from './presets.ts';
import type { VariableValues } from './presets.ts';
import classes from './test-panel.module.css';

export interface PresetsMenuProps {
  readonly catalogue: VariableCatalogue;
  readonly taskTypes: TaskTypeCatalogue;
  readonly samples: MappingDetail['samples'];
  readonly onPick: (values: VariableValues) => void;
}

/** Sample tasks to try a script with: one for each task type and subtype, all samples, and what the hub kept of the last tests. */
export function PresetsMenu({ catalogue, taskTypes, samples, onPick }: PresetsMenuProps) {
  const { t } = useTranslation('test');
  const tried = STAGES.flatMap((stage) => {
    const variables = samples[stage]?.variables;
    return variables === undefined || Object.keys(variables).length === 0 ? [] : [{ stage, variables }];
  });
  return (
    <Menu position="bottom-start" width={340} withinPortal>
      <Menu.Target>
        <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t('input.presets')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes['presets']}>
        <Menu.Item onClick={() => onPick(sampleValues(catalogue))}>{t('input.allSamples')}</Menu.Item>
        {tried.map(({ stage, variables }) => (
          <Menu.Item key={stage} onClick={() => onPick(variables)}>
            {t('input.lastTried', { stage })}
          </Menu.Item>
        ))}
        {taskTypes.map((type) => (
          <div key={type.name} role="group" aria-label={type.name}>
            <Menu.Label>{type.name}</Menu.Label>
            {(type.subtypes.length === 0 ? [undefined] : type.subtypes).map((subtype) => (
              <Menu.Item
                key={subtype ?? ''}
                py={4}
                onClick={() => onPick(presetValues(type, subtype, catalogue))}
              >
                {subtype ?? type.name}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
