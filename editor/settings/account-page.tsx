import { Group, SegmentedControl, Stack, Text, Title, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, switchLanguage } from '../app/language.ts';
import { useSession } from '../app/session.tsx';
import { showTrouble } from '../parts/notify.ts';
import { ChangePassword } from './change-password.tsx';
import { SignOutEverywhere } from './sign-out-everywhere.tsx';
import { SettingsPage } from './settings-page.tsx';

const NAMES = { en: 'English', zh: '简体中文' } as const;
const THEMES = ['auto', 'light', 'dark'] as const;

/** The person's own page: who is signed in, password, language and theme. */
export default function AccountPage() {
  const { t } = useTranslation('settings');
  const { user, role } = useSession();
  return (
    <SettingsPage title="account" needed="viewer">
      <Stack gap="xl" maw={480}>
        <Text>{t('account.signedInAs', { name: user.name, role: t(`roles.${role}`) })}</Text>
        <section aria-labelledby="password">
          <Title order={2} id="password" mb="xs">
            {t('account.password')}
          </Title>
          {user.kind === 'user' ? (
            <ChangePassword name={user.name} />
          ) : (
            <Text c="dimmed">{t('account.tokenOnly')}</Text>
          )}
        </section>
        <Looks />
        {user.kind === 'user' && (
          <section aria-labelledby="everywhere">
            <Title order={2} id="everywhere" mb="xs">
              {t('account.everywhere')}
            </Title>
            <SignOutEverywhere />
          </section>
        )}
      </Stack>
    </SettingsPage>
  );
}

function Looks() {
  const { t, i18n } = useTranslation('settings');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <section aria-labelledby="looks">
      <Title order={2} id="looks" mb="xs">
        {t('account.looks')}
      </Title>
      <Stack gap="md">
        <Group gap="md">
          <Text id="language" w={80}>
            {t('account.language')}
          </Text>
          <SegmentedControl
            aria-labelledby="language"
            transitionDuration={0}
            data={LANGUAGES.map((language) => ({ value: language, label: NAMES[language] }))}
            value={LANGUAGES.find((each) => each === i18n.language) ?? 'en'}
            onChange={(language) => void switchLanguage(i18n, language).catch(showTrouble)}
          />
        </Group>
        <Group gap="md">
          <Text id="theme" w={80}>
            {t('account.theme')}
          </Text>
          <SegmentedControl
            aria-labelledby="theme"
            transitionDuration={0}
            data={THEMES.map((theme) => ({ value: theme, label: t(`account.themes.${theme}`) }))}
            value={colorScheme}
            onChange={setColorScheme}
          />
        </Group>
      </Stack>
    </section>
  );
}
