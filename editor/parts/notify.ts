import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { getI18n } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';

/** Says briefly that something was done. */
export function showDone(text: string): void {
  notifications.show({ message: text, color: 'green', withBorder: true, closeButtonProps: closing() });
}

/**
 * Says something that is good to know; said again under the same `id`, it takes the former's place.
 * @param text with something to press in it, it stays until it is closed
 */
export function showHint(id: string, text: ReactNode): void {
  notifications.hide(id);
  notifications.show({
    ...{ id, message: text, withBorder: true, closeButtonProps: closing() },
    ...(typeof text !== 'string' && { autoClose: false }),
  });
}

/** Takes back a hint that has become idle. */
export function hideHint(id: string): void {
  notifications.hide(id);
}

/** Says what went wrong with something that has no place of its own on the page; stays until it is closed. */
export function showTrouble(error: unknown): void {
  const t = getI18n().getFixedT(null, 'parts');
  const words = error instanceof Error ? error.message : String(error);
  const id = error instanceof ApiError ? error.requestId : undefined;
  notifications.show({
    title: t('errorTitle'),
    message: id === undefined ? words : `${words}\n${t('requestId', { id })}`,
    color: 'red',
    withBorder: true,
    autoClose: false,
    closeButtonProps: closing(),
    style: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  });
}

const closing = (): { 'aria-label': string } => ({ 'aria-label': getI18n().t('parts:dismiss') });
