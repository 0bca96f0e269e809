import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconInfoCircleFilled,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHubWords } from '../parts/hub-words.tsx';
import { When } from '../parts/when.tsx';
import type { Attention } from './attention.ts';
import classes from './home.module.css';

const ICONS = { bad: IconCircleXFilled, warning: IconAlertTriangleFilled, quiet: IconInfoCircleFilled };

/** So many are shown at first. */
const SHOWN = 8;

/** What needs somebody, each with a link to where it can be mended. */
export function AttentionList({ items }: { items: readonly Attention[] }) {
  const { t } = useTranslation('home');
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="attention-title">
      <Title order={2} id="attention-title" mb="xs">
        {t('attentionTitle')}
      </Title>
      {items.length === 0 && (
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheckFilled size={18} className={classes['mark']} data-urgency="none" aria-hidden />
          <Text>{t('allWell')}</Text>
        </Group>
      )}
      <Stack gap="xs" component="ul" className={classes['list']}>
        {shown.map((item, index) => (
          <Item key={index} item={item} />
        ))}
      </Stack>
      {shown.length < items.length && (
        <Anchor component="button" type="button" size="sm" mt="sm" onClick={() => setAll(true)}>
          {t('showAll', { count: items.length })}
        </Anchor>
      )}
    </Paper>
  );
}

function Item({ item: { kind, urgency, values, to, at } }: { item: Attention }) {
  const { t } = useTranslation('home');
  const say = useHubWords();
  const Icon = ICONS[urgency];
  const named = { ...values, message: say(String(values['message'] ?? '')) };
  return (
    <li className={classes['item']}>
      <Icon size={18} className={classes['mark']} data-urgency={urgency} aria-hidden />
      <div className={classes['words']}>
        <Text size="sm">
          <span className={classes['told']}>{t(`urgency.${urgency}`)}: </span>
          <Anchor component={Link} to={to} inherit>
            {t(`attention.${kind}.what`, named)}
          </Anchor>
          {at !== undefined && (
            <Text span size="sm" c="dimmed">
              {' · '}
              <When at={at} />
            </Text>
          )}
        </Text>
        <Text size="sm" c="dimmed" className={classes['detail']}>
          {t(`attention.${kind}.todo`, named)}
        </Text>
      </div>
    </li>
  );
}
