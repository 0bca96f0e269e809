import { ActionIcon, Anchor, Text } from '@mantine/core';
import { IconAlertTriangleFilled, IconArrowNarrowRight, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Binding } from '../../server/contract/binding.ts';
import { showTrouble } from '../parts/notify.ts';
import classes from './bindings.module.css';
import type { BindingChanges } from './change.tsx';
import { MappingSelect } from './mapping-select.tsx';
import type { MappingChoice } from './reads.ts';
import type { BindingGroup, BindingRow } from './rows.ts';

interface BindingTableProps {
  readonly groups: readonly BindingGroup[];
  readonly mappings: readonly MappingChoice[];
  /** Absent: the person may only look. */
  readonly changes?: BindingChanges | undefined;
}

/** Task types and subtypes with the mapping of each; what has none stands out. */
export function BindingTable({ groups, mappings, changes }: BindingTableProps) {
  const { t } = useTranslation('bindings');
  return (
    <table className={classes['table']} aria-label={t('title')}>
      <thead>
        <tr>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('mapping')}</th>
          <th scope="col">{t('leadsTo')}</th>
          {changes !== undefined && (
            <th scope="col" className={classes['last']}>
              <span className={classes['unseen']}>{t('actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.type.taskType}>
          <Row row={group.type} {...{ mappings, changes }} subtypes={group.subtypes} />
          {group.subtypes.map((row) => (
            <Row key={row.taskSubtype} row={row} {...{ mappings, changes }} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Row({
  row,
  mappings,
  changes,
  subtypes = [],
}: Omit<BindingTableProps, 'groups'> & { row: BindingRow; subtypes?: readonly BindingRow[] }) {
  const { t } = useTranslation('bindings');
  const { own, inherited, taskType, taskSubtype } = row;
  const isType = taskSubtype === null;
  const kind = isType ? taskType : `${taskType} · ${taskSubtype}`;
  const placeholder = inherited === undefined ? t('choose') : t('asType', { mapping: inherited.mappingName });
  return (
    <tr className={isType ? classes['type'] : classes['subtype']} data-gap={row.isGap || undefined}>
      <th scope="row">
        {isType ? taskType : taskSubtype}
        {subtypes.length > 0 && (
          <Text span size="xs" c="dimmed" fw={400} display="block">
            {t('typeHelp')}
          </Text>
        )}
        {!row.isSuggested && (
          <Text span size="xs" c="dimmed" fw={400} ml={6}>
            {t('ownText')}
          </Text>
        )}
      </th>
      <td data-head={t('mapping')}>
        {changes === undefined ? (
          <Text size="sm" {...(own === undefined && { c: 'dimmed' })}>
            {own?.mappingName ?? (inherited === undefined ? t('none') : placeholder)}
          </Text>
        ) : (
          <MappingSelect
            label={t('mappingOf', { kind })}
            mappings={mappings}
            value={own?.mappingId ?? null}
            placeholder={placeholder}
            choose={(mappingId) => void changes.put(row, mappingId, own).catch(showTrouble)}
          />
        )}
      </td>
      <td data-head={t('leadsTo')}>
        <LeadsTo row={row} isForOthers={subtypes.some((each) => each.own !== undefined)} />
      </td>
      {changes !== undefined && (
        <td className={classes['last']}>
          {own !== undefined && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('removeOf', { kind })}
              onClick={() => void changes.remove(own, inherited)}
            >
              <IconTrash size={17} aria-hidden />
            </ActionIcon>
          )}
        </td>
      )}
    </tr>
  );
}

/** @param props.isForOthers some subtypes have bindings of their own */
function LeadsTo({ row, isForOthers }: { row: BindingRow; isForOthers: boolean }) {
  const { t } = useTranslation('bindings');
  const binding = row.own ?? row.inherited;
  if (binding === undefined)
    return (
      <span className={classes['gap']}>
        <IconAlertTriangleFilled size={15} aria-hidden />
        {t(isForOthers ? 'gapOfType' : 'gap')}
      </span>
    );
  return (
    <span className={classes['leads']} data-inherited={row.own === undefined || undefined}>
      <Anchor component={Link} to={`/channels/${binding.channelId}`} size="sm">
        {binding.channelName}
      </Anchor>
      <IconArrowNarrowRight size={15} aria-hidden />
      <Version binding={binding} />
    </span>
  );
}

function Version({ binding }: { binding: Binding }) {
  const { t } = useTranslation('bindings');
  const { mappingId, mappingName, publishedVersion } = binding;
  if (publishedVersion === null)
    return (
      <Anchor component={Link} to={`/mappings/${mappingId}`} size="sm" className={classes['gap'] ?? ''}>
        <IconAlertTriangleFilled size={15} aria-hidden />
        {t('unpublished')}
      </Anchor>
    );
  return (
    <Anchor
      component={Link}
      to={`/mappings/${mappingId}`}
      size="sm"
      aria-label={t('versionOf', { mapping: mappingName, version: publishedVersion })}
    >
      <span className="mono">v{publishedVersion}</span>
    </Anchor>
  );
}
