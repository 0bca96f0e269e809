import { PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInLink, User } from '../../server/contract/auth.ts';
import type { Role } from '../../server/contract/role.ts';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { showDone, showTrouble } from '../parts/notify.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { RoleSelect } from './role-select.tsx';

interface AddUserProps {
  readonly onClose: () => void;
  /** `link` is there when they sign in first by a link. */
  readonly onAdded: (user: User, link: SignInLink | undefined) => void;
}

/** Adds a user, who signs in first by a link to hand over or by a password to tell. */
export function AddUser({ onClose, onAdded }: AddUserProps) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [how, setHow] = useState('link');
  const [password, setPassword] = useState('');

  const added = async (user: User): Promise<void> => {
    showDone(t('users.addDone', { name: user.name }));
    try {
      onAdded(user, how === 'link' ? await call('POST', `/users/${user.id}/sign-in-link`) : undefined);
    } catch (error) {
      // The user is there; the menu makes another link.
      onAdded(user, undefined);
      showTrouble(error);
    }
    await refresh('/users');
  };
  return (
    <FormDialog
      title={t('users.addTitle')}
      submit={t('users.add')}
      send={() =>
        call<User>('POST', '/users', { body: { name, role, ...(how === 'password' && { password }) } })
      }
      onDone={(user) => void added(user)}
      onClose={onClose}
      paths={['name', 'role', 'password']}
    >
      {(errorAt) => (
        <>
          <TextInput
            data-autofocus
            label={t('name')}
            description={t('users.nameHelp')}
            withAsterisk
            autoComplete="off"
            value={name}
            error={errorAt('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <RoleSelect value={role} choose={setRole} error={errorAt('role')} />
          <Radio.Group label={t('users.how')} value={how} onChange={setHow}>
            <Stack gap="xs" mt="xs">
              <Radio value="link" label={t('users.byLink')} />
              <Radio value="password" label={t('users.byPassword')} />
            </Stack>
          </Radio.Group>
          {how === 'password' && (
            <PasswordInput
              label={t('users.password')}
              description={t('users.passwordHelp')}
              withAsterisk
              autoComplete="new-password"
              value={password}
              error={errorAt('password')}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
