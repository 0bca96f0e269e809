import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconHistory, IconSettings, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { useConfirm } from '../parts/confirm.tsx';
import { showDone, showTrouble } from '../parts/notify.ts';
import { dropAllOf } from './draft-keep.ts';
import { browserStorage } from './draft-storage.ts';
import { DuplicateDialog } from './duplicate-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import type { MappingDetail } from './types.ts';

/** What is seldom done with a mapping: its settings, its versions, a copy, its end. */
export function MappingMenu({ mapping }: { mapping: MappingDetail }) {
  const { t } = useTranslation(['mappings', 'mapping']);
  const [dialog, setDialog] = useState<'settings' | 'duplicate'>();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const { id, name } = mapping;

  async function remove(): Promise<void> {
    const options = { title: t('deleteTitle', { name }), text: t('deleteText'), confirm: t('deleteYes') };
    if ((await confirm({ ...options, danger: true })) === false) return;
    try {
      await call('DELETE', `/mappings/${id}`);
    } catch (error) {
      showTrouble(error);
      return;
    }
    const storage = browserStorage();
    if (storage !== undefined) dropAllOf(storage, id);
    await navigate('/mappings');
    await refresh('/mappings');
    showDone(t('deleted', { name }));
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('more')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={`/mappings/${id}/versions`}
            leftSection={<IconHistory size={16} aria-hidden />}
          >
            {t('mapping:versions')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconSettings size={16} aria-hidden />}
            onClick={() => setDialog('settings')}
          >
            {t('settings')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => setDialog('duplicate')}>
            {t('duplicate')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => void remove()}
          >
            {t('delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'settings' && <SettingsDialog mapping={mapping} onClose={() => setDialog(undefined)} />}
      {dialog === 'duplicate' && <DuplicateDialog mapping={mapping} onClose={() => setDialog(undefined)} />}
    </>
  );
}
