import { ActionIcon, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../server/contract/stage.ts';
import { TAKES_INSTANCE, TAKES_TOKEN } from './inputs.ts';
import type { Inputs } from './inputs.ts';
import type { ChangeInputs } from './use-inputs.ts';
import type { KeptToken } from './use-kept-token.ts';

export interface HandedInputProps {
  readonly stage: Stage;
  readonly inputs: Inputs;
  readonly change: ChangeInputs;
  readonly token: KeptToken;
  readonly forgetToken: () => void;
}

/** What earlier stages have handed on to this one: the token (masked) and the approval's id, both to be taken away again. */
export function HandedInput({ stage, inputs, change, token, forgetToken }: HandedInputProps) {
  const { t } = useTranslation('test');
  const { mode, instanceIds } = inputs;
  const setInstance = (id: string): void =>
    change((before) => ({ ...before, instanceIds: { ...before.instanceIds, [before.mode]: id } }));
  const clear = (what: string, onClick: () => void) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={t('input.clear', { what })}
      onClick={onClick}
    >
      <IconX size={14} aria-hidden />
    </ActionIcon>
  );
  const { accessToken } = token;
  const takesToken = TAKES_TOKEN.includes(stage) && mode === 'live';
  if (!takesToken && !TAKES_INSTANCE.includes(stage)) return null;
  return (
    <Stack gap="xs" role="group" aria-label={t('input.kept')}>
      {TAKES_INSTANCE.includes(stage) && (
        <TextInput
          size="xs"
          label={<span className="mono">{t('input.instanceId')}</span>}
          description={t('input.instanceIdHint')}
          value={instanceIds[mode]}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: 'mono' }}
          rightSection={instanceIds[mode] === '' ? null : clear('approvalInstanceId', () => setInstance(''))}
          onChange={(event) => setInstance(event.currentTarget.value.trim())}
        />
      )}
      {stage === 'revoke' && (
        <TextInput
          size="xs"
          label={t('input.revokeReason')}
          description={t('input.revokeReasonHint')}
          value={inputs.revokeReason}
          maxLength={1_000}
          onChange={(event) => {
            const revokeReason = event.currentTarget.value;
            change((before) => ({ ...before, revokeReason }));
          }}
        />
      )}
      {takesToken && (
        <Group gap="xs" mih={24}>
          <Text size="xs" className="mono" fw={500}>
            {t('input.keptToken')}
          </Text>
          <Text size="xs" c="dimmed">
            {accessToken === undefined ? (
              t('input.noToken')
            ) : (
              <>
                <span className="mono">••••{accessToken.length > 8 ? accessToken.slice(-2) : ''}</span>{' '}
                {t('input.keptTokenHint')}
              </>
            )}
          </Text>
          {accessToken !== undefined && clear('accessToken', forgetToken)}
        </Group>
      )}
    </Stack>
  );
}
