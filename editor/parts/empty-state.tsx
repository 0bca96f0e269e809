import { Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing is here yet: why, and the next step. */
export function EmptyState({ title, text, action }: { title: string; text: ReactNode; action?: ReactNode }) {
  return (
    <Center py="xl" px="md">
      <Stack gap="xs" align="center" maw={520}>
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        <Text c="dimmed" ta="center" component="div">
          {text}
        </Text>
        {action !== undefined && <div>{action}</div>}
      </Stack>
    </Center>
  );
}
