import { Anchor, Input, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { useMay } from '../app/session.tsx';
import { CopyId } from '../parts/copy-id.tsx';
import { ConnectionPart } from './connection-part.tsx';
import { healthOf } from './health.ts';
import { useTold } from './told.ts';

/** The URL that the provider must call, to be copied; a channel has one as soon as it is there. */
export function CallbackUrl({ url }: { url: string | undefined }) {
  const { t } = useTranslation('channels');
  return (
    <Input.Wrapper label={t('callbackUrl')} description={t('callbackUrlHelp')} labelElement="div">
      <div style={{ marginTop: 6 }}>
        {url === undefined ? <Text c="dimmed">{t('callbackUrlLater')}</Text> : <CopyId value={url} />}
      </div>
    </Input.Wrapper>
  );
}

/** How the connection stands that takes the place of a callback URL; one that is not saved yet is none. */
export function ConnectionState({ channel }: { channel: ShownChannel | undefined }) {
  const { t } = useTranslation('channels');
  return (
    <Input.Wrapper label={t('connection')} description={t('connectionHelp')} labelElement="div">
      <div style={{ marginTop: 6 }}>
        {channel?.callbackType === 'persistent' ? (
          <ConnectionPart channel={channel} mood={healthOf(channel, Date.now()).callbacks} reason="whole" />
        ) : (
          <Text c="dimmed">{t(channel === undefined ? 'connectionLater' : 'connectionSaved')}</Text>
        )}
      </div>
    </Input.Wrapper>
  );
}

/** The form's id is no setting of the channel: where it belongs. */
export function DefinitionNote({
  provider,
  channelId,
}: {
  provider: ProviderEntry;
  channelId: string | undefined;
}) {
  const { t } = useTranslation('channels');
  const told = useTold();
  const mayMap = useMay('editor');
  return (
    <div>
      <Text>{t('definitionSeen', { label: told(provider.help.definition.label) })}</Text>
      {channelId !== undefined && mayMap && (
        <Anchor component={Link} to={`/mappings/new?channelId=${channelId}`} size="sm">
          {t('newMapping')}
        </Anchor>
      )}
    </div>
  );
}
