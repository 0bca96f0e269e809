import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApprovalShown } from '../../server/contract/approval.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';
import { actionText } from './story-words.ts';
import { nameOf, waitingSince } from './waiting.ts';
import classes from './approvers.module.css';

interface ApproversProps {
  readonly approval: ApprovalShown;
  readonly provider: string;
  /** Whether the provider is being asked. */
  readonly asking: boolean;
}

/** Who must decide, how each has, and since when those who have not are waited for. */
export function Approvers({ approval, provider, asking }: ApproversProps) {
  const { t } = useTranslation('tasks');
  const { approvers, status: ofApproval } = approval;
  if (approvers.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t(asking ? 'syncing' : 'approversNone', { provider })}
      </Text>
    );
  const isOpen = ofApproval === 'pending';
  const statuses: Readonly<Record<string, string>> = t('approverStatus', { returnObjects: true });
  return (
    <ul className={classes['people']}>
      {approvers.map((approver, index) => (
        <li key={index}>
          <span className={classes['name']}>{nameOf(approver)}</span>
          <StatusBadge status={approver.status} label={statuses[approver.status] ?? approver.status} />
          {isOpen && approver.status === 'pending' && (
            <Text span size="sm" c="dimmed">
              {t('waitingFor')} <When at={waitingSince(approval)} />
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What people did at the provider, with their comments, oldest first. */
export function Records({ approval: { records } }: { approval: ApprovalShown }) {
  const { t } = useTranslation('tasks');
  if (records.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('recordsNone')}
      </Text>
    );
  return (
    <ul className={classes['people']}>
      {records.map((record, index) => (
        <li key={index}>
          <span>{actionText(record.action, nameOf(record), t)}</span>
          {record.at != null && (
            <Text span size="sm" c="dimmed">
              <When at={record.at} />
            </Text>
          )}
          {record.comment != null && record.comment !== '' && (
            <q className={classes['comment']}>{record.comment}</q>
          )}
        </li>
      ))}
    </ul>
  );
}
