import { Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIMIT_KEYS } from '../../server/contract/limits.ts';
import type { LimitKey } from '../../server/contract/limits.ts';
import { limitsOf, textsOf } from './limit-fields.ts';
import type { LimitTexts } from './limit-fields.ts';
import { LimitsForm } from './limits-form.tsx';

interface LimitsSectionProps {
  readonly texts: LimitTexts;
  readonly onChange: (texts: LimitTexts) => void;
  readonly wrong: readonly LimitKey[];
  /** What the hub says of a path that was sent. */
  readonly errorAt: (path: string) => string | undefined;
}

/** The limits, folded away: few mappings need others than the defaults. What is wrong is never folded away. */
export function LimitsSection({ texts, onChange, wrong, errorAt }: LimitsSectionProps) {
  const { t } = useTranslation('limits');
  const id = useId();
  const [isUnfolded, setUnfolded] = useState(false);
  const errorOf = (key: LimitKey): string | undefined => errorAt(`limits.${key}`);
  const isOpen = isUnfolded || wrong.length > 0 || LIMIT_KEYS.some((key) => errorOf(key) !== undefined);
  const count = Object.keys(limitsOf(texts)).length;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <Group gap="xs">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Chevron size={16} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setUnfolded(!isOpen)}
        >
          {t('title')}
        </Button>
        <Text size="sm" c="dimmed">
          {count === 0 ? t('unset') : t('set', { count })}
        </Text>
      </Group>
      <Collapse expanded={isOpen} id={id}>
        <Stack gap="sm" mt="xs">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <Text size="sm">{t('text')}</Text>
            {count > 0 && (
              <Button
                variant="default"
                size="compact-sm"
                style={{ flexShrink: 0 }}
                onClick={() => onChange(textsOf({}))}
              >
                {t('reset')}
              </Button>
            )}
          </Group>
          <LimitsForm {...{ texts, wrong, onChange, errorOf }} />
        </Stack>
      </Collapse>
    </div>
  );
}
