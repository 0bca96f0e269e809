import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Overview } from '../../server/contract/overview.ts';
import { TASK_ORDER } from './task-order.ts';
import classes from './home.module.css';
import { StatusBadge } from '../parts/status-badge.tsx';

/** How many tasks have each status; each number leads to them. */
export function Counts({ tasks }: { tasks: Overview['tasks'] }) {
  const { t, i18n } = useTranslation('home');
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <nav className={classes['counts']} aria-label={t('counts')}>
      {TASK_ORDER.map((status) => (
        <Link key={status} to={`/tasks?status=${status}`} className={classes['count']}>
          <Text size="xl" fw={600} component="span">
            {number.format(tasks[status])}
          </Text>
          <StatusBadge status={status} />
        </Link>
      ))}
    </nav>
  );
}
