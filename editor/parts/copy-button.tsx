import { Button, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const TOLD_MS = 1_500;

interface CopyButtonProps {
  /** What it says. */
  readonly label: string;
  /** Kept while it says that it did, so that nothing moves. */
  readonly width: string;
  /** Makes what is copied, when it is. */
  readonly text: () => string;
}

/** A quiet button that copies a longer text, and says that it did, or that the browser did not let it. */
export function CopyButton({ label, width, text }: CopyButtonProps) {
  const { t } = useTranslation('parts');
  const { copy, copied, error } = useClipboard({ timeout: TOLD_MS });
  return (
    <div>
      <Button
        size="compact-xs"
        variant="default"
        miw={width}
        leftSection={copied ? <IconCheck size={12} aria-hidden /> : <IconCopy size={12} aria-hidden />}
        onClick={() => copy(text())}
      >
        {copied ? t('copied') : label}
      </Button>
      {error !== null && (
        <Text size="xs" c="red" role="alert">
          {t('copyFailed')}
        </Text>
      )}
    </div>
  );
}
