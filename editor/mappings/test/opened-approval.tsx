import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyId } from '../../parts/copy-id.tsx';
import { Notice } from './notice.tsx';
import type { OpenedApproval as Opened } from './step-effects.ts';

export interface OpenedApprovalProps {
  readonly opened: Opened;
  readonly onRevoke: () => void;
  readonly onForget: () => void;
}

/** A live test has opened an approval: says so, and offers to take it back. */
export function OpenedApproval({ opened, onRevoke, onForget }: OpenedApprovalProps) {
  const { t } = useTranslation('test');
  const { id, although } = opened;
  return (
    <Notice tone="warning" close={{ label: t('live.forget'), onClose: onForget }}>
      <Group gap="xs" justify="space-between">
        <div>
          <Text span size="sm" fw={600}>
            {although ? t('live.openedAlthough') : t('live.opened')}
          </Text>{' '}
          <CopyId value={id} />
          <Text size="xs">{t('live.openedText')}</Text>
        </div>
        <Button size="compact-xs" variant="default" onClick={onRevoke}>
          {t('live.revoke')}
        </Button>
      </Group>
    </Notice>
  );
}
