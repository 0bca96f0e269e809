import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { useMay } from '../app/session.tsx';
import { CopyId } from '../parts/copy-id.tsx';
import { MappingMenu } from './mapping-menu.tsx';
import type { MappingDetail } from './types.ts';

/** Below a mapping's name, whatever its length, so that nothing moves when the draft changes: where its approvals go, and how its draft stands to what is live. */
export function MappingFacts({
  mapping,
  channel,
  isChanged,
}: {
  mapping: MappingDetail;
  channel: ShownChannel;
  isChanged: boolean;
}) {
  const { t } = useTranslation('mapping');
  const { publishedVersion, openTasks, approvalDefinitionId, id } = mapping;
  return (
    <Group gap="sm" style={{ rowGap: 4, flexBasis: '100%' }}>
      <Text component="span" c="dimmed" aria-hidden>
        →
      </Text>
      <Anchor component={Link} to={`/channels/${channel.id}`}>
        {channel.name}
      </Anchor>
      <CopyId value={approvalDefinitionId} short={28} />
      {publishedVersion === null ? (
        <Text size="sm">{t('neverPublished')}</Text>
      ) : (
        <>
          <Badge variant="outline" color={isChanged ? 'orange' : 'gray'} tt="none">
            <Text inherit span c="var(--mantine-color-text)">
              {isChanged ? t('draftChanged') : t('draftSame')}
            </Text>
          </Badge>
          <Anchor component={Link} to={`/mappings/${id}/versions`} size="sm">
            {t('live', { version: publishedVersion, count: openTasks })}
          </Anchor>
        </>
      )}
    </Group>
  );
}

/** The buttons of a mapping: publishing first, for who may. */
export function MappingActions({ mapping, onPublish }: { mapping: MappingDetail; onPublish: () => void }) {
  const { t } = useTranslation('mapping');
  const mayEdit = useMay('editor');
  return (
    <>
      <Button
        component={Link}
        variant="default"
        to={
          mapping.publishedVersion === null
            ? `/mappings/${mapping.id}/versions`
            : `/mappings/${mapping.id}/compare`
        }
      >
        {mapping.publishedVersion === null ? t('versions') : t('compare')}
      </Button>
      {mayEdit && <Button onClick={onPublish}>{t('publish')}</Button>}
      {mayEdit && <MappingMenu mapping={mapping} />}
    </>
  );
}
