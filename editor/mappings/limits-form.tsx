import { NumberInput, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LIMIT_KEYS } from '../../server/contract/limits.ts';
import type { LimitKey } from '../../server/contract/limits.ts';
import { rangeOf, unitOf } from './limit-fields.ts';
import type { LimitTexts } from './limit-fields.ts';

interface LimitsFormProps {
  readonly texts: LimitTexts;
  readonly onChange: (texts: LimitTexts) => void;
  /** What the hub says of a limit. */
  readonly errorOf: (key: LimitKey) => string | undefined;
  readonly wrong: readonly LimitKey[];
}

/** A field for each limit of a mapping's scripts; an empty one is the default, which it shows. */
export function LimitsForm({ texts, onChange, errorOf, wrong }: LimitsFormProps) {
  const { t } = useTranslation('limits');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
      {LIMIT_KEYS.map((key) => {
        const { initial, min, max } = rangeOf(key);
        const unit = ` ${unitOf(key)}`.trimEnd();
        const bounds = { min: min.toLocaleString(), max: max.toLocaleString(), unit };
        const name = t(`name.${key}`);
        return (
          <NumberInput
            key={key}
            label={name}
            description={t('bounds', { ...bounds, help: t(`help.${key}`) })}
            placeholder={t('initial', { value: initial.toLocaleString(), unit })}
            suffix={unit}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={texts[key]}
            onChange={(value) => onChange({ ...texts, [key]: value })}
            // What is out of bounds is said, not changed behind somebody's back.
            clampBehavior="none"
            allowNegative={false}
            allowDecimal={unit === ' KiB'}
            hideControls
            error={wrong.includes(key) ? t('wrong', { ...bounds, name }) : errorOf(key)}
          />
        );
      })}
    </SimpleGrid>
  );
}
