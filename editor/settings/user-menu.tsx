import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SessionsEnded, SignInLink, User } from '../../server/contract/auth.ts';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { useConfirm } from '../parts/confirm.tsx';
import type { ConfirmOptions } from '../parts/confirm.tsx';
import { showDone, showTrouble } from '../parts/notify.ts';

interface UserMenuProps {
  readonly user: User;
  readonly edit: (user: User) => void;
  readonly showLink: (user: User, link: SignInLink) => void;
}

/** What an admin may do with a user; what cannot be taken back asks first. */
export function UserMenu({ user, edit, showLink }: UserMenuProps) {
  const { t } = useTranslation('settings');
  const confirm = useConfirm();
  const { id, name, disabled } = user;
  const path = `/users/${id}`;

  const act = async (question: ConfirmOptions | undefined, run: () => Promise<void>): Promise<void> => {
    if (question !== undefined && (await confirm(question)) === false) return;
    try {
      await run();
    } catch (error) {
      showTrouble(error);
    }
    await refresh('/users');
  };
  const link = (): Promise<void> =>
    act(
      { title: t('users.linkTitle', { name }), text: t('users.linkText'), confirm: t('users.linkConfirm') },
      async () => showLink(user, await call<SignInLink>('POST', `${path}/sign-in-link`)),
    );
  const signOut = (): Promise<void> =>
    act(
      {
        ...{ title: t('users.signOutTitle', { name }), text: t('users.signOutText') },
        ...{ confirm: t('users.signOutConfirm') },
      },
      async () => {
        const { ended } = await call<SessionsEnded>('POST', `${path}/sign-out`);
        showDone(t('users.signOutDone', { name, count: ended }));
      },
    );
  const enable = (): Promise<void> =>
    act(undefined, async () => {
      await call('PATCH', path, { body: { disabled: false } });
      showDone(t('users.enableDone', { name }));
    });
  const disable = (): Promise<void> =>
    act(
      {
        ...{ title: t('users.disableTitle', { name }), text: t('users.disableText') },
        ...{ confirm: t('users.disableConfirm'), danger: true },
      },
      async () => {
        await call('PATCH', path, { body: { disabled: true } });
        showDone(t('users.disableDone', { name }));
      },
    );
  const remove = (): Promise<void> =>
    act(
      {
        ...{ title: t('users.removeTitle', { name }), text: t('users.removeText') },
        ...{ confirm: t('users.removeConfirm'), danger: true },
      },
      async () => {
        await call('DELETE', path);
        showDone(t('users.removeDone', { name }));
      },
    );
  return (
    // The placeholder that Mantine would focus first is no menu item, and readers would announce a menu of none.
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('users.actions', { name })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => edit(user)}>{t('users.edit')}</Menu.Item>
        {!disabled && (
          <Menu.Item onClick={() => void link()}>
            {t(user.hasPassword ? 'users.resetPassword' : 'users.link')}
          </Menu.Item>
        )}
        {!disabled && <Menu.Item onClick={() => void signOut()}>{t('users.signOut')}</Menu.Item>}
        {disabled ? (
          <Menu.Item onClick={() => void enable()}>{t('users.enable')}</Menu.Item>
        ) : (
          <Menu.Item onClick={() => void disable()}>{t('users.disable')}</Menu.Item>
        )}
        <Menu.Item c="var(--mantine-color-error)" onClick={() => void remove()}>
          {t('users.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
