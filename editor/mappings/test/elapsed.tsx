import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** How often a running clock moves on. */
const BEAT_MS = 100;

/** The present moment, in milliseconds since 1970, as long as the component is there. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), BEAT_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The seconds since a moment, running. Not read aloud: the live region tells of the start and the end. */
export function Elapsed({ since }: { since: number }) {
  const { t } = useTranslation('test');
  const seconds = Math.max(0, useNow() - since) / 1_000;
  return (
    <Text span size="sm" className="mono" aria-hidden>
      {t('progress.elapsed', { seconds: seconds.toFixed(1) })}
    </Text>
  );
}
