import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../server/contract/role.ts';
import { useMay } from '../app/session.tsx';
import { Page } from '../parts/page.tsx';
import { NotAllowed } from './not-allowed.tsx';

/**
 * One of the settings' pages.
 * @param props.needed who may see it; others are told so instead
 */
export function SettingsPage({
  title,
  needed,
  actions,
  children,
}: {
  title: 'users' | 'tokens' | 'audit' | 'account';
  needed: Role;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation('settings');
  const isAllowed = useMay(needed);
  return (
    <Page title={t(`${title}.title`)} {...(isAllowed && actions !== undefined && { actions })}>
      {isAllowed ? children : <NotAllowed needed={needed} />}
    </Page>
  );
}
