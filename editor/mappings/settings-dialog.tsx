import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIMIT_KEYS } from '../../server/contract/limits.ts';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { showDone } from '../parts/notify.ts';
import { limitsOf, textsOf, wrongLimits } from './limit-fields.ts';
import { LimitsSection } from './limits-section.tsx';
import type { MappingDetail } from './types.ts';

const PATHS = ['name', 'approvalDefinitionId', ...LIMIT_KEYS.map((key) => `limits.${key}`)];

/** Changes a mapping's name, the approval form it is for, and what its scripts may use up. */
export function SettingsDialog({ mapping, onClose }: { mapping: MappingDetail; onClose: () => void }) {
  const { t } = useTranslation('mappings');
  const [name, setName] = useState(mapping.name);
  const [approvalDefinitionId, setDefinition] = useState(mapping.approvalDefinitionId);
  const [texts, setTexts] = useState(() => textsOf(mapping.limits));
  // What is wrong is said when somebody wants to save, and taken back as soon as it is mended.
  const [isChecked, setChecked] = useState(false);
  const wrong = isChecked ? wrongLimits(texts) : [];
  const check = (): boolean => {
    setChecked(true);
    return wrongLimits(texts).length === 0;
  };
  const send = () =>
    call('PATCH', `/mappings/${mapping.id}`, {
      body: { name, approvalDefinitionId, limits: limitsOf(texts) },
    });
  const done = async (): Promise<void> => {
    await refresh('/mappings');
    showDone(t('saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t('settingsTitle')}
      submit={t('save')}
      size="lg"
      {...{ check, send, onClose }}
      paths={PATHS}
      onDone={() => void done()}
    >
      {(errorAt) => (
        <>
          <TextInput
            data-autofocus
            required
            label={t('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errorAt('name')}
          />
          <TextInput
            required
            label={t('definition')}
            value={approvalDefinitionId}
            onChange={(event) => setDefinition(event.currentTarget.value)}
            error={errorAt('approvalDefinitionId')}
          />
          <LimitsSection {...{ texts, wrong, errorAt }} onChange={setTexts} />
          <Text size="sm" c="dimmed">
            {t('settingsHelp')}
          </Text>
        </>
      )}
    </FormDialog>
  );
}
