import { Anchor, List, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PageOf } from '../api/queries.ts';
import { useRead } from '../api/queries.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';

interface NamedMapping {
  readonly id: string;
  readonly name: string;
  readonly approvalDefinitionId: string;
}

/** The mappings whose approvals a channel opens. */
export function ChannelMappings({ channelId }: { channelId: string }) {
  const { t } = useTranslation('channels');
  // It stands in the dialog over the page too.
  const heading = useId();
  const { data, error, refetch } = useRead<PageOf<NamedMapping>>(
    `/mappings?limit=200&channelId=${channelId}`,
  );
  return (
    <section aria-labelledby={heading}>
      <Title order={2} id={heading} mt="md" mb="xs">
        {t('mappings')}
      </Title>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState words={t('loading')} />}
      {data?.items.length === 0 && <Text c="dimmed">{t('noMappings')}</Text>}
      <List>
        {data?.items.map(({ id, name, approvalDefinitionId }) => (
          <List.Item key={id}>
            <Anchor component={Link} to={`/mappings/${id}`}>
              {name}
            </Anchor>{' '}
            <Text span size="sm" c="dimmed" className="mono">
              {approvalDefinitionId}
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  );
}
