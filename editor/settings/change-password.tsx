import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { errorOf, isBeside } from '../parts/field-errors.ts';
import { showDone } from '../parts/notify.ts';

/** Changes one's own password. @param props.name for the browser's store of passwords */
export function ChangePassword({ name }: { name: string }) {
  const { t } = useTranslation('settings');
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [differs, setDiffers] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      call('POST', '/session/password', { body: { ...(current !== '' && { current }), password } }),
    onSuccess: () => {
      for (const clear of [setCurrent, setPassword, setRepeated]) clear('');
      showDone(t('account.changed'));
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setDiffers(password !== repeated);
        if (password === repeated && !isPending) mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('account.passwordText')}
        </Text>
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <PasswordInput
          label={t('account.current')}
          description={t('account.currentHelp')}
          autoComplete="current-password"
          value={current}
          error={errorOf(error, 'current')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('account.next')}
          description={t('account.nextHelp')}
          autoComplete="new-password"
          value={password}
          error={errorOf(error, 'password')}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('account.repeat')}
          autoComplete="new-password"
          value={repeated}
          error={differs && password !== repeated ? t('account.differs') : undefined}
          onChange={(event) => setRepeated(event.currentTarget.value)}
        />
        {isBeside(error, ['current', 'password']) && <ErrorState error={error} />}
        <div>
          <Button type="submit" aria-busy={isPending}>
            {t(isPending ? 'account.changing' : 'account.change')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
