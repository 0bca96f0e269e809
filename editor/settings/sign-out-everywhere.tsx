import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { useConfirm } from '../parts/confirm.tsx';
import { showTrouble } from '../parts/notify.ts';

/** Ends all of the person's sessions, and goes to where they sign in again. */
export function SignOutEverywhere() {
  const { t } = useTranslation('settings');
  const confirm = useConfirm();
  const { mutate, isPending } = useMutation({
    mutationFn: () => call('POST', '/sign-out/everywhere'),
    onSuccess: () => location.assign('/sign-in'),
    onError: showTrouble,
  });
  const ask = async (): Promise<void> => {
    const question = {
      ...{ title: t('account.everywhereTitle'), text: t('account.everywhereAsk') },
      ...{ confirm: t('account.everywhereConfirm') },
    };
    if ((await confirm(question)) !== false) mutate();
  };
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('account.everywhereText')}
      </Text>
      <Button variant="default" disabled={isPending} onClick={() => void ask()}>
        {t('account.everywhereDo')}
      </Button>
    </>
  );
}
