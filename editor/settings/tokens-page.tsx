import { Button, Modal, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiToken, createdApiToken } from '../../server/contract/auth.ts';
import type { Role } from '../../server/contract/role.ts';
import type { z } from 'zod';
import { call } from '../api/client.ts';
import { refresh, useList } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { useConfirm } from '../parts/confirm.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { showDone, showTrouble } from '../parts/notify.ts';
import { PagedList } from '../parts/paged-list.tsx';
import { When } from '../parts/when.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { RoleSelect } from './role-select.tsx';
import { SettingsPage } from './settings-page.tsx';
import { ShownOnce } from './shown-once.tsx';

type Created = z.infer<typeof createdApiToken>;

/** The tokens by which programs use the API. */
export default function TokensPage() {
  const { t } = useTranslation('settings');
  const query = useList<ApiToken>('/tokens', {}, { enabled: useMay('admin') });
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<string>();
  const revoke = useRevoke();
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t('tokens.create')}
    </Button>
  );
  return (
    <SettingsPage title="tokens" needed="admin" actions={create}>
      <Text c="dimmed" mb="sm">
        {t('tokens.help')}
      </Text>
      <PagedList
        query={query}
        label={t('tokens.title')}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('tokens.empty')} text={t('tokens.emptyText')} action={create} />}
        columns={[
          { key: 'name', head: t('name'), cell: ({ name }) => name },
          { key: 'role', head: t('role'), cell: ({ role }) => t(`roles.${role}`) },
          { key: 'by', head: t('tokens.madeBy'), cell: ({ createdBy }) => createdBy },
          { key: 'made', head: t('tokens.made'), cell: ({ createdAt }) => <When at={createdAt} /> },
          { key: 'used', head: t('tokens.lastUsed'), cell: ({ lastUsedAt }) => <When at={lastUsedAt} /> },
          {
            key: 'revoke',
            head: t('actions'),
            width: '7rem',
            cell: (token) => (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('tokens.revokeOf', { name: token.name })}
                onClick={() => void revoke(token)}
              >
                {t('tokens.revoke')}
              </Button>
            ),
          },
        ]}
      />
      {creating && (
        <CreateToken
          onClose={() => setCreating(false)}
          onDone={({ token }) => {
            setCreating(false);
            setMade(token);
            void refresh('/tokens');
          }}
        />
      )}
      <Modal
        opened={made !== undefined}
        onClose={() => setMade(undefined)}
        title={t('tokens.shownTitle')}
        // A click beside it must not lose what is shown once.
        closeOnClickOutside={false}
        centered
      >
        <ShownOnce value={made ?? ''} label={t('tokens.tokenLabel')} onClose={() => setMade(undefined)}>
          {t('tokens.shownText')}
        </ShownOnce>
      </Modal>
    </SettingsPage>
  );
}

function CreateToken({ onClose, onDone }: { onClose: () => void; onDone: (made: Created) => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('submitter');
  return (
    <FormDialog
      title={t('tokens.createTitle')}
      submit={t('tokens.create')}
      send={() => call<Created>('POST', '/tokens', { body: { name, role } })}
      paths={['name', 'role']}
      {...{ onDone, onClose }}
    >
      {(errorAt) => (
        <>
          <TextInput
            data-autofocus
            label={t('name')}
            description={t('tokens.nameHelp')}
            withAsterisk
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

function useRevoke(): (token: ApiToken) => Promise<void> {
  const { t } = useTranslation('settings');
  const confirm = useConfirm();
  return async ({ id, name }) => {
    const question = {
      ...{ title: t('tokens.revokeTitle', { name }), text: t('tokens.revokeText') },
      ...{ confirm: t('tokens.revokeConfirm'), danger: true },
    };
    if ((await confirm(question)) === false) return;
    try {
      await call('DELETE', `/tokens/${id}`);
      showDone(t('tokens.revokeDone', { name }));
    } catch (error) {
      showTrouble(error);
    }
    await refresh('/tokens');
  };
}
