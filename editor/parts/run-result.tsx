import { Alert, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../server/contract/mapping.ts';
import { CopyId } from './copy-id.tsx';
import { HubWords } from './hub-words.tsx';
import { FailureCard } from './run-result-failure.tsx';
import { RunFigures } from './run-result-figures.tsx';
import { SentForm } from './run-result-sent.tsx';
import type { Run } from './run-result-run.ts';
import classes from './run-result.module.css';

export interface RunResultProps {
  readonly run: Run;
  /** Whose run it is; decides whether a form is expected. */
  readonly stage: string;
  /** The provider's form, to hold what was sent against it; undefined when it is not known. */
  readonly form?: readonly FormField[] | undefined;
  /** False where the figures stand elsewhere on the page. */
  readonly figures?: boolean;
  /** Goes to a line of the script; without it lines are only named. */
  readonly onLine?: ((line: number, column: number) => void) | undefined;
}

/** How one run ended: what it used up, the error or the answer, and of a create the form that was sent. */
export function RunResult({ run, stage, form, figures = true, onLine }: RunResultProps) {
  const { t } = useTranslation('test');
  const { error, warnings } = run;
  return (
    <Stack gap="sm">
      {figures && <RunFigures run={run} />}
      {error !== undefined && <FailureCard failure={error} onLine={onLine} />}
      {warnings.length > 0 && (
        <Alert color="yellow" variant="outline" title={t('run.warnings')} p="sm">
          <List size="sm">
            {warnings.map((warning, index) => (
              <List.Item key={index} className={classes['text']}>
                <HubWords text={warning} />
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {run.ok && <Answer result={run.result} />}
      {stage === 'create' && <SentForm run={run} form={form} />}
    </Stack>
  );
}

/** Shown so much of a token, as everywhere. */
const masked = (token: string): string => `••••${token.length > 8 ? token.slice(-2) : ''}`;

/** Ids that a person wants to have in the clipboard. */
const IDS = ['approvalInstanceId'];

/** What the script returned, key by key. */
function Answer({ result }: { result: unknown }) {
  const { t } = useTranslation('test');
  const isObject = typeof result === 'object' && result !== null && !Array.isArray(result);
  return (
    <section>
      <Text fw={600} size="sm" mb={4}>
        {t('run.answer')}
      </Text>
      {isObject ? (
        <dl className={classes['pairs']}>
          {Object.entries<unknown>(result as Record<string, unknown>).map(([key, value]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>
                <AnswerValue name={key} value={value} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <Text size="sm" className="mono">
          {result === null ? t('run.answerNull') : JSON.stringify(result)}
        </Text>
      )}
    </section>
  );
}

function AnswerValue({ name, value }: { name: string; value: unknown }) {
  if (typeof value === 'string') {
    if (IDS.includes(name)) return <CopyId value={value} />;
    return <>{name === 'accessToken' ? masked(value) : value}</>;
  }
  if (typeof value !== 'object' || value === null) return <>{JSON.stringify(value)}</>;
  return (
    <pre className={classes['json']} tabIndex={0} aria-label={name}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
