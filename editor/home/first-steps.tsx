import { Button, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../app/session.tsx';
import { EmptyState } from '../parts/empty-state.tsx';

/** For a hub in which nothing is set up: what makes one work, in order. */
export function FirstSteps() {
  const { t } = useTranslation('home');
  const isAdmin = useMay('admin');
  return (
    <EmptyState
      title={t('first.title')}
      text={
        <>
          <Text mb="sm">{isAdmin ? t('first.text') : t('first.textOthers')}</Text>
          <List type="ordered" ta="start" spacing={4}>
            <List.Item>{t('first.channel')}</List.Item>
            <List.Item>{t('first.mapping')}</List.Item>
            <List.Item>{t('first.binding')}</List.Item>
            <List.Item>{t('first.task')}</List.Item>
          </List>
        </>
      }
      action={
        isAdmin && (
          <Button component={Link} to="/channels/new">
            {t('first.action')}
          </Button>
        )
      }
    />
  );
}
