import { Box, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { wordsOf } from '../parts/error-state.tsx';

/** How browsers put it that a module could not be loaded (Chromium, Firefox, Safari). */
const NOT_LOADED = /dynamically imported module|module script failed|Importing a module/i;

/**
 * Stands where a page should be that threw: what happened, and a way on.
 * @param props.whole in place of the frame too
 */
export function CrashPage({ whole = false }: { whole?: boolean }) {
  const { t } = useTranslation('app');
  const words = wordsOf(useRouteError());
  // After an update of the hub the chunks of the page that was open are gone.
  const isOld = NOT_LOADED.test(words);
  return (
    <Box p={whole ? 'xl' : 0} maw={720} role="alert">
      <Stack gap="sm">
        <Title order={1}>{t('crash.title')}</Title>
        <Text>{isOld ? t('crash.old') : t('crash.text')}</Text>
        <Code block>{words}</Code>
        <Group>
          <Button onClick={() => location.reload()}>{t('crash.again')}</Button>
          {/* A plain link: what has crashed is loaded anew. */}
          <Button component="a" href="/" variant="default">
            {t('crash.toHome')}
          </Button>
        </Group>
      </Stack>
    </Box>
  );
}
