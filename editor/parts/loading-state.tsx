import { Center, Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';

/** What is quicker than this is shown without a flicker of "loading". */
const QUICK_MS = 200;

/** Something is being fetched. @param props.words what */
export function LoadingState({ words }: { words: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUICK_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Center mih={160} role="status">
      {shown && (
        <Group gap="sm">
          <Loader size="sm" aria-hidden />
          <Text c="dimmed">{words}</Text>
        </Group>
      )}
    </Center>
  );
}
