import { Anchor, Group, Table, Text, UnstyledButton } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronRight,
  IconEqual,
  IconPencil,
  IconQuestionMark,
  IconX,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShadowedTask } from '../../server/contract/shadow.ts';
import { HubWords } from '../parts/hub-words.tsx';
import classes from './shadow.module.css';

const SHAPES = { same: IconEqual, changed: IconPencil, fails: IconX, unknown: IconQuestionMark } as const;

/** One real task under the draft: what would be sent otherwise, or why it would fail. */
export function ShadowTask({ task }: { task: ShadowedTask }) {
  const { t } = useTranslation('versions');
  const { outcome, taskId, taskName, version } = task;
  const [isOpen, setOpen] = useState(outcome === 'fails');
  const id = useId();
  const Shape = SHAPES[outcome];
  const head = (
    <Group gap="xs" wrap="nowrap">
      <Shape size={16} className={classes[outcome]} aria-hidden />
      <Text size="sm" span className="mono">
        {taskId}
      </Text>
      <Text size="sm" span truncate>
        {taskName}
      </Text>
      <Text size="sm" span c="dimmed" className={classes['end']}>
        {t(`shadow.outcome.${outcome}`)} · {t('shadow.ranOn', { version })}
      </Text>
    </Group>
  );
  if (outcome === 'same') return <div className={classes['task']}>{head}</div>;
  return (
    <div className={classes['task']}>
      <UnstyledButton
        w="100%"
        aria-expanded={isOpen}
        aria-controls={id}
        className={classes['opener']}
        onClick={() => setOpen((open) => !open)}
      >
        {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        <span className={classes['fill']}>{head}</span>
      </UnstyledButton>
      <div id={id} hidden={!isOpen}>
        {isOpen && <Details task={task} />}
      </div>
    </div>
  );
}

function Details({ task }: { task: ShadowedTask }) {
  const { t } = useTranslation('versions');
  const { error, unknown, fields, others, executionId } = task;
  return (
    <div className={classes['details']}>
      {unknown !== undefined && <Text size="sm">{t(`shadow.${unknown}`)}</Text>}
      {error !== undefined && (
        <Text size="sm" className={classes['message']}>
          <code>{error.code}</code> {error.line !== null && `${t('shadow.line', { line: error.line })}: `}
          <HubWords text={error.message} />
        </Text>
      )}
      {fields.length > 0 && <Changes changes={fields} head={t('shadow.field')} />}
      {others.length > 0 && <Changes changes={others} head={t('shadow.beside')} areFacts />}
      <Anchor component={Link} to={`/executions/${executionId}`} size="sm" target="_blank">
        {t('shadow.before')} ↗
      </Anchor>
    </div>
  );
}

interface ChangesProps {
  readonly changes: ShadowedTask['fields'];
  readonly head: string;
  /** Of what stands beside the form, some has a name of ours. */
  readonly areFacts?: boolean;
}

function Changes({ changes, head, areFacts = false }: ChangesProps) {
  const { t } = useTranslation('versions');
  const nameOf = (name: string): string =>
    areFacts && (name === 'definition' || name === 'originator') ? t(`shadow.${name}`) : name;
  return (
    <Table layout="fixed" verticalSpacing={4} aria-label={head}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{head}</Table.Th>
          <Table.Th>{t('shadow.before')}</Table.Th>
          <Table.Th>{t('shadow.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ name, before, after }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400}>
              {nameOf(name)}
            </Table.Th>
            <Value text={before} />
            <Value text={after} />
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Value({ text }: { text: string | null }) {
  const { t } = useTranslation('versions');
  const word = text === null ? t('shadow.absent') : t('shadow.empty');
  return (
    <Table.Td className={classes['message']}>
      {text === null || text === '' ? (
        <Text size="sm" c="dimmed" span>
          {word}
        </Text>
      ) : (
        text
      )}
    </Table.Td>
  );
}
