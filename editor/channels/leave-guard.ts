import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { useConfirm } from '../parts/confirm.tsx';

/** Asks before a page is left on which something is not saved. */
export function useLeaveGuard(isDirty: boolean): void {
  const { t } = useTranslation('channels');
  const confirm = useConfirm();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    void confirm({ title: t('leaveTitle'), text: t('leaveText'), confirm: t('leave'), danger: true }).then(
      (answer) => {
        if (answer === false) blocker.reset();
        else blocker.proceed();
      },
    );
  }, [blocker, confirm, t]);
  useEffect(() => {
    if (!isDirty) return undefined;
    // The browser asks in its own words.
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
}
