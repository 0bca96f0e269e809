import { Button, Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { hideHint, showHint } from '../parts/notify.ts';
import { isMonacoBehind } from './monaco-words.ts';

const HINT = 'monaco-language';

/**
 * Says that Monaco's own menus have stayed in another language than the page, and offers what completes the switch: to load the page
 * anew, which loses nothing that is typed.
 */
export function useMenusHint(): void {
  const { t, i18n } = useTranslation('script');
  const { language } = i18n;
  useEffect(() => {
    if (!isMonacoBehind(language)) {
      hideHint(HINT);
      return;
    }
    showHint(
      HINT,
      <Group gap="xs" justify="space-between">
        <Text size="sm">{t('menusLater')}</Text>
        <Button size="xs" variant="default" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      </Group>,
    );
  }, [language, t]);
}
