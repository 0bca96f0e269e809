import { Text } from '@mantine/core';
import { IconAlertTriangleFilled, IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../server/contract/mapping.ts';
import { Pairs } from './pairs.tsx';
import { besideForm, sentBeside, sentFields } from './run-result-form.ts';
import type { FormRow } from './run-result-form.ts';
import type { Run } from './run-result-run.ts';
import classes from './run-result.module.css';

/** What a create call carried, or would have: field by field beside the provider's own form. */
export function SentForm({ run, form }: { run: Run; form?: readonly FormField[] | undefined }) {
  const { t } = useTranslation('test');
  const { prepared } = run;
  if (prepared === undefined)
    return run.ok ? null : (
      <Text size="sm" c="dimmed">
        {t('run.notPrepared')}
      </Text>
    );
  const sent = sentFields(prepared);
  if (sent === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t('run.noForm')}
      </Text>
    );
  const rows = besideForm(form, sent);
  const isKnown = form !== undefined && form.length > 0;
  const problems = rows.filter(({ state }) => isProblem(state)).length;
  const beside = sentBeside(prepared);
  return (
    <section>
      <Text fw={600} size="sm">
        {isKnown ? t('run.form') : t('run.formAlone')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {!isKnown ? t('run.formUnknown') : problems > 0 ? t('run.problems', { count: problems }) : null}
      </Text>
      <table className={classes['form']}>
        <thead className={classes['unseen']}>
          <tr>
            <th scope="col">{t('run.field')}</th>
            <th scope="col">{t('run.sent')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={index} row={row} />
          ))}
        </tbody>
      </table>
      {beside.length > 0 && (
        <details className={classes['fold']}>
          <summary>
            {t('run.beside')}: {beside.map(({ name }) => name).join(', ')}
          </summary>
          <Pairs of={beside.map(({ name, value }) => [name, value])} />
        </details>
      )}
    </section>
  );
}

const isProblem = (state: FormRow['state']): boolean =>
  state === 'missing' || state === 'unknown' || state === 'notOffered';

function Row({ row }: { row: FormRow }) {
  const { t } = useTranslation('test');
  const { name, value, type, required, state } = row;
  const Icon = isProblem(state) ? IconAlertTriangleFilled : state === 'filled' ? IconCheck : IconMinus;
  return (
    <tr data-problem={isProblem(state)} data-state={state}>
      <th scope="row">
        {name}
        {required && (
          <abbr title={t('run.required')} className={classes['required']}>
            *
          </abbr>
        )}
        {type !== '' && <span className={classes['type']}>{type}</span>}
      </th>
      <td>
        <span className={classes['value']}>{value === '' ? '—' : value}</span>
        {isProblem(state) && <span className={classes['problem']}>{t(`run.state.${state}`)}</span>}
      </td>
      <td className={classes['mark']}>
        <Icon size={14} role="img" aria-label={t(`run.state.${state}`)} />
      </td>
    </tr>
  );
}
