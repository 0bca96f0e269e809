import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

export interface NoticeProps {
  /** `trouble` is read aloud at once, the others when there is time. */
  readonly tone: 'trouble' | 'warning' | 'info';
  readonly title?: string;
  readonly children?: ReactNode;
  /** Shows a button that takes the notice away; what the button does, for those who hear it. */
  readonly close?: { readonly label: string; readonly onClose: () => void };
}

const COLOURS = { trouble: 'red', warning: 'yellow', info: 'blue' } as const;

/** A short word to the person, within the panel. Its colour is that of the border: text keeps the contrast that text needs. */
export function Notice({ tone, title, children, close }: NoticeProps) {
  return (
    <Alert
      role={tone === 'trouble' ? 'alert' : 'status'}
      p="xs"
      color={COLOURS[tone]}
      variant="outline"
      {...(title !== undefined && { title })}
      {...(close !== undefined && {
        withCloseButton: true,
        closeButtonLabel: close.label,
        onClose: close.onClose,
      })}
      styles={{
        title: { color: 'var(--mantine-color-text)' },
        closeButton: { color: 'var(--mantine-color-text)' },
      }}
    >
      {children}
    </Alert>
  );
}
