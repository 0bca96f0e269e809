import { Alert, Checkbox, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.tsx';
import type { RunCall } from './run-result-run.ts';
import { curlText, prettyBody } from './http-trace-text.ts';
import classes from './http-trace.module.css';
import { HubWords } from './hub-words.tsx';

/** One call in full: where it went, what was asked, what was answered, headers folded. */
export function TracedCallDetail({ call }: { call: RunCall }) {
  const { t } = useTranslation('test');
  const { url, sentTo, request, response, error } = call;
  return (
    <div className={classes['detail']}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <div className={classes['url']}>
          <code>{url}</code>
          {sentTo !== undefined && (
            <Text size="xs" c="dimmed">
              {t('http.sentTo', { url: sentTo })}
            </Text>
          )}
        </div>
        <CopyButton
          label={t('http.curl')}
          width="8.5rem"
          text={() => curlText(call, { masked: t('http.curlMasked'), cut: t('http.curlCut') })}
        />
      </Group>
      {error !== undefined && (
        <Alert color="red" variant="outline" p="xs" my="xs" title={error.code}>
          <span className={classes['text']}>
            <HubWords text={error.message} />
          </span>
        </Alert>
      )}
      <Message title={t('http.request')} message={request} />
      {response !== null && <Message title={t('http.response')} message={response} />}
    </div>
  );
}

function Message({ title, message }: { title: string; message: RunCall['request'] }) {
  const { t } = useTranslation('test');
  const { headers, body, bytes, truncated } = message;
  const [isRaw, setRaw] = useState(false);
  const pretty = prettyBody(body);
  const pairs = Object.entries(headers);
  const size =
    bytes < 1024 ? t('http.bytes', { size: bytes }) : t('http.kib', { size: (bytes / 1024).toFixed(1) });
  return (
    <section className={classes['message']}>
      <h4>{title}</h4>
      {pairs.length > 0 && (
        <details>
          <summary>{t('http.headers', { count: pairs.length })}</summary>
          <dl className={classes['headers']}>
            {pairs.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <Group justify="space-between" gap="xs" mih={24}>
        <Text size="xs" c="dimmed">
          {body === '' ? t('http.noBody') : truncated ? t('http.cut', { size }) : t('http.body', { size })}
        </Text>
        {body !== '' && (
          <Group gap="sm">
            {pretty !== body && (
              <Checkbox
                size="xs"
                label={t('http.asItCame')}
                checked={isRaw}
                onChange={(event) => setRaw(event.currentTarget.checked)}
              />
            )}
            <CopyButton label={t('http.copyBody')} width="6.5rem" text={() => body} />
          </Group>
        )}
      </Group>
      {body !== '' && (
        // Scrolls by itself, so that the keyboard must reach it.
        <pre className={classes['body']} tabIndex={0} aria-label={`${title}: ${t('http.body', { size })}`}>
          {isRaw ? body : pretty}
        </pre>
      )}
    </section>
  );
}
