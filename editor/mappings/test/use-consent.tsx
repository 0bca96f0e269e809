import { Checkbox, Stack, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownChannel } from '../../../server/contract/channel.ts';
import type { Stage } from '../../../server/contract/stage.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import type { Mode } from './inputs.ts';
import { isAtSimulator } from '../../parts/simulator.ts';

/** Until the tab is closed. */
const keyOf = (channelId: string): string => `countersign.test.consent.${channelId}`;

function hasConsented(channelId: string): boolean {
  try {
    return sessionStorage.getItem(keyOf(channelId)) !== null;
  } catch {
    // Storage is switched off: then it is asked each time.
    return false;
  }
}

function remember(channelId: string): void {
  try {
    sessionStorage.setItem(keyOf(channelId), 'yes');
  } catch {
    // Storage is switched off: then it is asked each time.
  }
}

/**
 * Asks before a live test opens a real approval, unless the channel is at a simulator or the person does not want to be asked.
 * @param channel undefined while it is not known: then it is asked
 * @returns whether to go on
 */
export function useConsent(
  channel: ShownChannel | undefined,
): (stages: readonly Stage[], mode: Mode) => Promise<boolean> {
  const { t } = useTranslation('test');
  const confirm = useConfirm();
  return useCallback(
    async (stages, mode) => {
      if (mode === 'recorded' || !stages.includes('create')) return true;
      if (channel !== undefined && (isAtSimulator(channel.apiBaseUrl) || hasConsented(channel.id)))
        return true;
      const remembering = { wanted: false };
      const text = (
        <Stack gap="xs">
          <Text>{t('live.text', { channel: channel?.name ?? '' })}</Text>
          <Text>
            {stages.includes('revoke') ? t('live.chain') : t('live.alone')} {t('live.instead')}
          </Text>
          {channel !== undefined && (
            <Checkbox
              label={t('live.remember')}
              onChange={(event) => {
                remembering.wanted = event.currentTarget.checked;
              }}
            />
          )}
        </Stack>
      );
      const answer = await confirm({
        title: t('live.title'),
        text,
        confirm: t('live.confirm'),
        danger: true,
      });
      if (answer === false) return false;
      if (remembering.wanted && channel !== undefined) remember(channel.id);
      return true;
    },
    [channel, confirm, t],
  );
}
