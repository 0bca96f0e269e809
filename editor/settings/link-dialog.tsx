import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SignInLink } from '../../server/contract/auth.ts';
import { When } from '../parts/when.tsx';
import { ShownOnce } from './shown-once.tsx';

interface LinkDialogProps {
  readonly name: string;
  readonly link: SignInLink;
  readonly onClose: () => void;
}

/** Shows a one-time sign-in link, to be handed over. */
export function LinkDialog({ name, link, onClose }: LinkDialogProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('users.linkShown', { name })}
      // A click beside it must not lose what is shown once.
      closeOnClickOutside={false}
      centered
    >
      <ShownOnce value={link.url} label={t('users.linkLabel')} onClose={onClose}>
        {t('users.linkShownText')} <When at={link.expiresAt} />
      </ShownOnce>
    </Modal>
  );
}
