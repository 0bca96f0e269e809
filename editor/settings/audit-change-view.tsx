import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditLine } from '../../server/contract/audit.ts';
import { CopyId } from '../parts/copy-id.tsx';
import { changedFields } from './audit-change.ts';
import classes from './audit.module.css';

/** What something was and what it became, side by side; secrets came masked. */
export function AuditChange({ line }: { line: AuditLine }) {
  const { t } = useTranslation('settings');
  const fields = changedFields(line.before, line.after);
  return (
    <>
      {fields.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('audit.nothing')}
        </Text>
      ) : (
        <table className={classes['fields']}>
          <thead>
            <tr>
              <th scope="col">{t('audit.field')}</th>
              <th scope="col">{t('audit.before')}</th>
              <th scope="col">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, before, after, isChanged }) => (
              <tr key={field} data-changed={isChanged || undefined}>
                <th scope="row">{field}</th>
                <Side text={before} />
                <Side text={after} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {line.requestId !== null && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('audit.request')} <CopyId value={line.requestId} />
        </Text>
      )}
    </>
  );
}

function Side({ text }: { text: string | undefined }) {
  return (
    <td>
      {text === undefined ? (
        <span aria-hidden>–</span>
      ) : (
        // Long ones scroll, also by the keyboard.
        <pre tabIndex={text.length > 400 ? 0 : undefined}>{text}</pre>
      )}
    </td>
  );
}
