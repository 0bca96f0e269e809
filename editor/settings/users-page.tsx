import { Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInLink, User } from '../../server/contract/auth.ts';
import { useList } from '../api/queries.ts';
import { useMay, useSession } from '../app/session.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import type { Column } from '../parts/paged-list.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';
import { AddUser } from './add-user.tsx';
import { EditUser } from './edit-user.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { SettingsPage } from './settings-page.tsx';
import { UserMenu } from './user-menu.tsx';

/** The dialog that is open, and about whom. */
type Open =
  | { readonly what: 'add' }
  | { readonly what: 'edit'; readonly user: User }
  | { readonly what: 'link'; readonly user: User; readonly link: SignInLink };

/** The people who may sign in. */
export default function UsersPage() {
  const { t } = useTranslation('settings');
  const query = useList<User>('/users', {}, { enabled: useMay('admin') });
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const columns = useColumns({
    edit: (user) => setOpen({ what: 'edit', user }),
    showLink: (user, link) => setOpen({ what: 'link', user, link }),
  });
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ what: 'add' })}>
      {t('users.add')}
    </Button>
  );
  return (
    <SettingsPage title="users" needed="admin" actions={add}>
      <PagedList
        query={query}
        label={t('users.title')}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('users.empty')} text={t('users.emptyText')} action={add} />}
      />
      {open?.what === 'add' && (
        <AddUser
          onClose={close}
          onAdded={(user, link) => setOpen(link === undefined ? undefined : { what: 'link', user, link })}
        />
      )}
      {open?.what === 'edit' && <EditUser user={open.user} onClose={close} />}
      {open?.what === 'link' && <LinkDialog name={open.user.name} link={open.link} onClose={close} />}
    </SettingsPage>
  );
}

function useColumns(actions: {
  edit: (user: User) => void;
  showLink: (user: User, link: SignInLink) => void;
}): Column<User>[] {
  const { t } = useTranslation('settings');
  const me = useSession().user.id;
  return [
    {
      key: 'name',
      head: t('name'),
      cell: ({ id, name }) => (
        <Group gap={6}>
          {name}
          {id === me && (
            <Text span size="xs" c="dimmed">
              ({t('users.you')})
            </Text>
          )}
        </Group>
      ),
    },
    { key: 'role', head: t('role'), cell: ({ role }) => t(`roles.${role}`) },
    {
      key: 'state',
      head: t('users.state'),
      cell: ({ disabled }) => (
        <StatusBadge
          status={disabled ? 'paused' : 'ok'}
          label={t(disabled ? 'users.disabled' : 'users.active')}
        />
      ),
    },
    { key: 'how', head: t('users.signsIn'), cell: (user) => <SignsIn user={user} /> },
    { key: 'last', head: t('users.lastSignIn'), cell: ({ lastSignInAt }) => <When at={lastSignInAt} /> },
    { key: 'menu', head: t('actions'), width: '6rem', cell: (user) => <UserMenu user={user} {...actions} /> },
  ];
}

function SignsIn({ user }: { user: User }) {
  const { t } = useTranslation('settings');
  const ways = [
    ...(user.hasPassword ? [t('users.withPassword')] : []),
    ...(user.oidc ? [t('users.withOidc')] : []),
  ];
  return <>{ways.length === 0 ? t('users.withNothing') : ways.join(', ')}</>;
}
