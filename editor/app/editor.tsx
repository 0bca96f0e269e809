import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { useMemo } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from '../api/queries.ts';
import { ConfirmProvider } from '../parts/confirm.tsx';
import { makeRouter } from './routes.tsx';
import { cssVariables, makeTheme } from './theme.ts';

const router = makeRouter();

/** The whole application. @param props.words its texts, in the person's language */
export function Editor({ words }: { words: i18n }) {
  return (
    <I18nextProvider i18n={words}>
      <Themed />
    </I18nextProvider>
  );
}

function Themed() {
  const { t } = useTranslation('parts');
  const [close, showPassword] = [t('dismiss'), t('showPassword')];
  const theme = useMemo(() => makeTheme({ close, showPassword }), [close, showPassword]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" autoClose={5000} />
      <QueryClientProvider client={queryClient}>
        <ConfirmProvider>
          <RouterProvider router={router} />
        </ConfirmProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
