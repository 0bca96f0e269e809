import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './copy-id.module.css';
import { showTrouble } from './notify.ts';

const TOLD_MS = 1_500;

/**
 * An id that is copied on click, and says that it was.
 * @param props.short shows only so many characters of its beginning
 */
export function CopyId({ value, short }: { value: string; short?: number }) {
  const { t } = useTranslation('parts');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    copyText(value).then(
      () => setCopied(true),
      () => showTrouble(new Error(t('copyFailed'))),
    );
  };
  const isShort = short !== undefined && value.length > short;
  const shown = isShort ? `${value.slice(0, short)}…` : value;
  return (
    <Tooltip label={copied ? t('copied') : value} disabled={!copied && !isShort}>
      <UnstyledButton
        className={classes['id']}
        onClick={(event) => {
          // It may stand in a row that is a link.
          event.stopPropagation();
          event.preventDefault();
          copy();
        }}
        // With what is seen, so that it can be said to it.
        aria-label={t('copy', { value: shown })}
      >
        <span className="mono">{shown}</span>
        {copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
        <span role="status" className={classes['told']}>
          {copied ? t('copied') : ''}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}

/** Rejects where the browser does not let a page copy, as over plain http from another machine. */
async function copyText(text: string): Promise<void> {
  // Absent outside of secure contexts, whatever its type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) throw new Error('no clipboard');
  await clipboard.writeText(text);
}
