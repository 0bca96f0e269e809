import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation, useNavigation } from 'react-router';
import { LoadingState } from '../parts/loading-state.tsx';
import { TourProvider } from '../tour/tour.tsx';
import { TourStrip } from '../tour/tour-strip.tsx';
import classes from './frame.module.css';
import { LanguageSwitch, ThemeSwitch, UserMenu } from './header-menus.tsx';
import { Navigation } from './navigation.tsx';
import { Search } from './search.tsx';
import { SessionProvider } from './session.tsx';
import { ShortcutList, useShortcuts } from './shortcuts.tsx';
import { Trouble } from './trouble.tsx';

const MAIN = 'main';

/** What stands around every page: header, navigation, and the page where the address leads. */
export function Frame() {
  return (
    <SessionProvider>
      <TourProvider>
        <Shell />
      </TourProvider>
    </SessionProvider>
  );
}

function Shell() {
  const { t } = useTranslation('app');
  const [isNavOpen, nav] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  const [isSearchOpen, search] = useDisclosure(false);
  const { pathname } = useLocation();
  const isLeaving = useNavigation().state !== 'idle';
  useShortcuts(
    [
      { keys: '/', label: t('search.go'), run: search.open },
      { keys: '?', label: t('showShortcuts'), run: help.open },
    ],
    { everywhere: true },
  );
  const closeNav = nav.close;
  useEffect(closeNav, [pathname, closeNav]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 200, breakpoint: 'md', collapsed: { mobile: !isNavOpen } }}
      padding="md"
    >
      <a
        href={`#${MAIN}`}
        className="skip-link"
        onClick={(event) => {
          // Not by the address: that belongs to the router.
          event.preventDefault();
          document.getElementById(MAIN)?.focus();
        }}
      >
        {t('skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isNavOpen}
              onClick={nav.toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={t('menu')}
            />
            <Link to="/" className={classes['name']}>
              <Mark />
              <Text fw={650} component="span" visibleFrom="xs">
                Countersign
              </Text>
            </Link>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Search opened={isSearchOpen} open={search.open} close={search.close} />
            <ThemeSwitch />
            <LanguageSwitch />
            <UserMenu showShortcuts={help.open} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('pages')}>
        <Navigation />
        <TourStrip />
      </AppShell.Navbar>
      <AppShell.Main id={MAIN} tabIndex={-1} className={classes['main']} aria-busy={isLeaving}>
        {isLeaving && (
          <div className={classes['leaving']} role="status">
            {t('opening')}
          </div>
        )}
        <Trouble />
        <Suspense fallback={<LoadingState words={t('opening')} />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <ShortcutList opened={isHelpOpen} onClose={help.close} />
    </AppShell>
  );
}

/** The product's mark; its name stands beside it, or is told. */
function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" role="img" aria-label="Countersign">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-blue-8)" />
      <path
        d="M8 17l5.2 5.2L24 10.5"
        fill="none"
        stroke="var(--mantine-color-white)"
        strokeWidth="3.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
