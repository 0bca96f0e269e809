import { ActionIcon, Button, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import {
  IconApi,
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../api/client.ts';
import { showTrouble } from '../parts/notify.ts';
import { LANGUAGES, localeOf } from '../words/languages.ts';
import { switchLanguage } from './language.ts';
import { useSession } from './session.tsx';

const THEMES = [
  { value: 'light', key: 'light', Icon: IconSun },
  { value: 'dark', key: 'dark', Icon: IconMoon },
  { value: 'auto', key: 'system', Icon: IconDeviceDesktop },
] as const;

/** Light, dark, or as the system has it; remembered in this browser. */
export function ThemeSwitch() {
  const { t } = useTranslation('app');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="md" aria-label={t('theme')}>
          {shown === 'dark' ? <IconMoon size={17} aria-hidden /> : <IconSun size={17} aria-hidden />}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(chosen) => setColorScheme(chosen as typeof colorScheme)}
        >
          {THEMES.map(({ value, key, Icon }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} aria-hidden />}
              rightSection={<Icon size={16} aria-hidden />}
            >
              {t(key)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

const NAMES = { en: 'English', zh: '简体中文' } as const;
const SHORT = { en: 'EN', zh: '中' } as const;

/** English or Chinese; remembered in this browser. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation('app');
  const current = LANGUAGES.find((language) => language === i18n.language) ?? 'en';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          h={28}
          leftSection={<IconLanguage size={16} aria-hidden />}
          // What is seen comes first, so that it can be said to it.
          aria-label={`${SHORT[current]}, ${t('language')}: ${NAMES[current]}`}
        >
          {SHORT[current]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={current}
          onChange={(chosen) => void switchLanguage(i18n, chosen as typeof current).catch(showTrouble)}
        >
          {LANGUAGES.map((language) => (
            <Menu.RadioItem
              key={language}
              value={language}
              lang={localeOf(language)}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} aria-hidden />}
            >
              {NAMES[language]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Who is signed in, the account, and the way out. */
export function UserMenu({ showShortcuts }: { showShortcuts: () => void }) {
  const { t } = useTranslation('app');
  const { user, role } = useSession();
  const signOut = (): void => {
    call('POST', '/sign-out').then(() => location.assign('/sign-in'), showTrouble);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          h={28}
          maw={160}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={t('signedInAs', { name: user.name, role: t(`role.${role}`) })}
        >
          {user.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('signedInAs', { name: user.name, role: t(`role.${role}`) })}</Menu.Label>
        <Menu.Item component={Link} to="/settings/account" leftSection={<IconUser size={16} aria-hidden />}>
          {t('account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={showShortcuts}>
          {t('shortcuts')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href="/api/v1/openapi.json"
          target="_blank"
          leftSection={<IconApi size={16} aria-hidden />}
        >
          {t('openApi')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
