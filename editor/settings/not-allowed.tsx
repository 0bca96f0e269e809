import { useTranslation } from 'react-i18next';
import type { Role } from '../../server/contract/role.ts';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../parts/empty-state.tsx';

/** Stands in the place of a page that the person's role does not reach: what is needed, and whom to ask. */
export function NotAllowed({ needed }: { needed: Role }) {
  const { t } = useTranslation('settings');
  const { role } = useSession();
  return (
    <EmptyState
      title={t('notAllowed', { role: t(`roles.${needed}`) })}
      text={t('notAllowedText', { role: t(`roles.${role}`) })}
    />
  );
}
