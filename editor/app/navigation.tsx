import { NavLink } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { isWithin, MAIN_PAGES, SETTINGS_PAGES } from './pages.ts';
import { useMay } from './session.tsx';

/** The links on the left. Settings opens to its own pages where one is in them. */
export function Navigation() {
  const { t } = useTranslation('app');
  const { pathname } = useLocation();
  const isAdmin = useMay('admin');
  return MAIN_PAGES.map(({ key, path, Icon }) => {
    const isHere = isWithin(pathname, path);
    return (
      <div key={key}>
        <NavLink
          component={Link}
          to={path}
          label={t(key)}
          leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
          active={isHere}
          {...(isHere && { 'aria-current': pathname === path ? ('page' as const) : ('true' as const) })}
        />
        {key === 'settings' &&
          isHere &&
          SETTINGS_PAGES.filter(({ role }) => role !== 'admin' || isAdmin).map((below) => (
            <NavLink
              key={below.key}
              component={Link}
              to={below.path}
              label={t(below.key)}
              pl="xl"
              variant="subtle"
              active={pathname === below.path}
              {...(pathname === below.path && { 'aria-current': 'page' as const })}
            />
          ))}
      </div>
    );
  });
}
