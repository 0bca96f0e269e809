import { Alert, Anchor, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { HubWords } from './hub-words.tsx';
import { Pairs } from './pairs.tsx';
import type { RunFailure } from './run-result-run.ts';
import classes from './run-result.module.css';

export interface FailureCardProps {
  readonly failure: RunFailure;
  /** Goes to a line of the script; without it the line is only named. */
  readonly onLine?: ((line: number, column: number) => void) | undefined;
}

/** Why a run failed: the engine's words, the line, why such a thing happens and what to do, what the provider said, the stack. */
export function FailureCard({ failure, onLine }: FailureCardProps) {
  const { t } = useTranslation('test');
  const { code, message, stage, line, column, stack, provider, alreadySent = [] } = failure;
  return (
    <Alert
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={
        <span className={classes['code']}>
          {code} · {stage}
          {line !== null && (
            <>
              {' · '}
              {onLine === undefined ? (
                t('failure.line', { line })
              ) : (
                <Anchor
                  component="button"
                  type="button"
                  inherit
                  underline="always"
                  aria-label={t('failure.goTo', { line })}
                  onClick={() => onLine(line, column ?? 1)}
                >
                  {t('failure.line', { line })}
                </Anchor>
              )}
            </>
          )}
        </span>
      }
    >
      <Text size="sm" className={classes['text']}>
        <HubWords text={message} />
      </Text>
      <dl className={classes['advice']}>
        <dt>{t('failure.why')}</dt>
        <dd>{provider === undefined ? t(`failure.whyOf.${code}`) : t('failure.whyProvider')}</dd>
        <dt>{t('failure.todo')}</dt>
        <dd>{provider === undefined ? t(`failure.todoOf.${code}`) : t('failure.todoProvider')}</dd>
      </dl>
      {alreadySent.length > 0 && (
        <section>
          <Text fw={600} size="sm">
            {t('failure.alreadySent')}
          </Text>
          <List size="sm" className={classes['text']}>
            {alreadySent.map((call, index) => (
              <List.Item key={index}>
                <code>{call}</code>
              </List.Item>
            ))}
          </List>
          <Text size="sm">{t('failure.alreadySentText')}</Text>
        </section>
      )}
      {provider !== undefined && (
        <details className={classes['fold']}>
          <summary>{t('failure.provider')}</summary>
          <Pairs of={Object.entries(provider)} />
        </details>
      )}
      {stack !== '' && (
        <details className={classes['fold']}>
          <summary>{t('failure.stack')}</summary>
          <pre className={classes['stack']} tabIndex={0}>
            {stack}
          </pre>
        </details>
      )}
    </Alert>
  );
}
