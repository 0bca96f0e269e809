import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** The title of an Alert in the colour of text: Mantine's own, in the alert's colour, is too pale to read. */
export const AlertTitle = ({ children }: { children: ReactNode }) => (
  <Text span inherit c="var(--mantine-color-text)">
    {children}
  </Text>
);
