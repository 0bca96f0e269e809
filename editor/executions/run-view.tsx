import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { executionDetail } from '../../server/contract/execution-answers.ts';
import type { mappingDetail } from '../../server/contract/mapping.ts';
import { useRead } from '../api/queries.ts';
import { Console } from '../parts/console.tsx';
import { HttpTrace } from '../parts/http-trace.tsx';
import { RunResult } from '../parts/run-result.tsx';
import { JsonView, Pairs, Section } from './facts.tsx';
import { readInput } from './run-input.ts';
import { placeOfScript } from './script-place.ts';

/** A run in full, as GET /executions/:id tells it. */
export type Execution = z.infer<typeof executionDetail>;

/** The mapping of a run as it is now; nothing is asked for a run whose mapping was deleted. */
export const useMappingOf = ({ mappingId }: Pick<Execution, 'mappingId'>) =>
  useRead<z.infer<typeof mappingDetail>>(`/mappings/${mappingId ?? ''}`, {
    enabled: mappingId !== null,
    staleMs: 60_000,
  });

/**
 * What a run did: how it ended, what it wrote, its calls and what it was given.
 * @param props.order of its headings, where they stand below others
 */
export function RunView({ execution, order = 2 }: { execution: Execution; order?: 2 | 4 }) {
  const { t } = useTranslation('executions');
  const navigate = useNavigate();
  const mapping = useMappingOf(execution).data;
  const goTo = (line: number): void => {
    const place = placeOfScript(execution, mapping, line);
    if (place !== undefined) void navigate(place.to);
  };
  const canGo = placeOfScript(execution, mapping) !== undefined;
  const { stage, logs, http, input } = execution;
  return (
    <>
      <Section title={t('result')} order={order}>
        <RunResult run={execution} stage={stage} onLine={canGo ? goTo : undefined} />
      </Section>
      <Section title={t('console')} order={order}>
        {logs.length === 0 ? <Nothing words={t('consoleNone')} /> : <Console lines={logs} />}
      </Section>
      <Section title={t('http')} order={order}>
        {http.length === 0 ? <Nothing words={t('httpNone')} /> : <HttpTrace calls={http} />}
      </Section>
      <Section title={t('input')} order={order}>
        <Input input={input} />
      </Section>
    </>
  );
}

function Nothing({ words }: { words: string }) {
  return (
    <Text size="sm" c="dimmed">
      {words}
    </Text>
  );
}

function Input({ input }: { input: unknown }) {
  const { t } = useTranslation('executions');
  const { variables, empty, others } = readInput(input);
  const short = others.filter(({ value }) => typeof value !== 'object');
  const long = others.filter(({ value }) => typeof value === 'object');
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('masked')}
      </Text>
      <Pairs
        label={t('input')}
        pairs={[...short.map(({ name, value }) => ({ name, value: String(value) })), ...variables]}
      />
      {empty > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('emptyVariables', { count: empty })}
        </Text>
      )}
      {long.map(({ name, value }) => (
        <figure key={name} style={{ margin: '0.75rem 0 0' }}>
          <figcaption>
            <code>{name}</code>
          </figcaption>
          <JsonView value={value} label={name} />
        </figure>
      ))}
    </>
  );
}
