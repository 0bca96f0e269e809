import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../server/contract/auth.ts';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { showDone } from '../parts/notify.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { RoleSelect } from './role-select.tsx';

/** Renames a user, or gives another role. */
export function EditUser({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role);
  const changes = { ...(name !== user.name && { name }), ...(role !== user.role && { role }) };
  const done = (changed: User): void => {
    showDone(t('users.editDone', { name: changed.name }));
    onClose();
    void refresh('/users');
  };
  return (
    <FormDialog
      title={t('users.editTitle', { name: user.name })}
      submit={t('save')}
      send={() => call<User>('PATCH', `/users/${user.id}`, { body: changes })}
      onDone={done}
      onClose={onClose}
      paths={['name', 'role']}
    >
      {(errorAt) => (
        <>
          <TextInput
            data-autofocus
            label={t('name')}
            withAsterisk
            autoComplete="off"
            value={name}
            error={errorAt('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <RoleSelect value={role} choose={setRole} error={errorAt('role')} />
        </>
      )}
    </FormDialog>
  );
}
