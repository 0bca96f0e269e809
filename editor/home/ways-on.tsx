import { Anchor, Button, List, Paper, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../server/contract/overview.ts';
import { useProviders } from '../channels/providers.ts';
import { useTour } from '../tour/tour.tsx';
import classes from './home.module.css';

/** Where else to go: the simulators that run in this hub, the tour, the API's document. */
export function WaysOn({ simulators }: { simulators: Overview['simulators'] }) {
  const { t, i18n } = useTranslation('home');
  const words = useTranslation('tour').t;
  const { mappingId, progress, start } = useTour();
  const providers = useProviders().data?.items;
  /** The provider in the reader's language, as the catalogue calls it. */
  const nameOf = ({ provider, label }: Overview['simulators'][number]): string => {
    const names = providers?.find(({ name }) => name === provider)?.label;
    return (i18n.language === 'zh' ? names?.zh : names?.en) ?? label;
  };
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="ways-title">
      <Title order={2} id="ways-title" mb="xs">
        {t('ways')}
      </Title>
      <List listStyleType="none" spacing="xs">
        {simulators.map((simulator) => (
          <List.Item key={simulator.path}>
            <Anchor href={simulator.path} target="_blank" className={classes['out']}>
              {t('simulator', { label: nameOf(simulator) })} <IconExternalLink size={14} aria-hidden />
            </Anchor>
            <Text size="sm" c="dimmed">
              {t('simulatorText')}
            </Text>
          </List.Item>
        ))}
        <List.Item>
          <Anchor href="/api/v1/openapi.json" target="_blank" className={classes['out']}>
            {t('openApi')} <IconExternalLink size={14} aria-hidden />
          </Anchor>
          <Text size="sm" c="dimmed">
            {t('openApiText')}
          </Text>
        </List.Item>
      </List>
      {mappingId !== undefined && progress === undefined && (
        <Button variant="default" size="xs" mt="md" onClick={start}>
          {words('start')}
        </Button>
      )}
    </Paper>
  );
}
