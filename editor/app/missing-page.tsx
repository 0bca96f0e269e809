import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Page } from '../parts/page.tsx';

/** For an address that leads nowhere. */
export function MissingPage() {
  const { t } = useTranslation('app');
  const { pathname } = useLocation();
  return (
    <Page title={t('missing.title')}>
      <Text mb="md" style={{ overflowWrap: 'anywhere' }}>
        {t('missing.text', { path: pathname })}
      </Text>
      <Button component={Link} to="/">
        {t('missing.toHome')}
      </Button>
    </Page>
  );
}
