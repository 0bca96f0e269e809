import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ROLES } from '../../server/contract/role.ts';
import type { Role } from '../../server/contract/role.ts';

/** A choice of role, each with what it may do. */
export function RoleSelect({
  value,
  choose,
  error,
}: {
  value: Role;
  choose: (role: Role) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation('settings');
  return (
    <NativeSelect
      label={t('role')}
      data={ROLES.map((role) => ({ value: role, label: `${t(`roles.${role}`)}: ${t(`roleHelp.${role}`)}` }))}
      value={value}
      error={error}
      onChange={({ currentTarget }) => {
        const chosen = ROLES.find((role) => role === currentTarget.value);
        if (chosen !== undefined) choose(chosen);
      }}
    />
  );
}
