import { Alert, Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../app/language.ts';
import { showDone } from '../parts/notify.ts';
import { exactTime } from '../parts/time.ts';
import { ScriptEditor } from '../script/script-editor.tsx';
import type { ScriptEditorProps } from '../script/script-editor.tsx';
import { hasMarks, merge, textOf } from './merge.ts';
import type { Choice } from './merge.ts';
import { MergeGrid } from './merge-grid.tsx';
import classes from './merge.module.css';
import type { HubDraft } from './types.ts';

interface MergeDialogProps {
  readonly base: string;
  readonly mine: string;
  readonly theirs: HubDraft;
  /** What the stage's own editor is given, for the result. */
  readonly script: Pick<ScriptEditorProps, 'stage' | 'provider' | 'variables' | 'form' | 'modelKey'>;
  /** The text that is to stand. */
  readonly onSettle: (text: string) => void;
  readonly onClose: () => void;
}

/** Two people's texts of one stage, and the one they began from: take one of them, or make a third of both. */
export function MergeDialog({ base, mine, theirs, script, onSettle, onClose }: MergeDialogProps) {
  const { t, i18n } = useTranslation('mapping');
  const who = theirs.updatedBy;
  const chunks = useMemo(() => merge(base, mine, theirs.source), [base, mine, theirs.source]);
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map());
  const [edited, setEdited] = useState<string>();
  const names = { mine: t('merge.whose.mine'), theirs: t('merge.whose.theirs', { who }) };
  const result = edited ?? textOf(chunks, choices, names);
  const open = chunks.filter(({ kind }) => kind === 'conflict').length - choices.size;
  const settle = (text: string, done: string): void => {
    onSettle(text);
    showDone(done);
    onClose();
  };
  const title = t('merge.title', { stage: t(`stage.${script.stage}`) });
  return (
    <Modal opened onClose={onClose} title={title} size="90rem" closeOnClickOutside={false}>
      <Stack gap="sm">
        <Text size="sm">
          {t('merge.text', { who, when: exactTime(Date.parse(theirs.updatedAt), localeOf(i18n.language)) })}
        </Text>
        <MergeGrid
          {...{ chunks, choices, who }}
          onChoice={(conflict, choice) => setChoices((before) => new Map(before).set(conflict, choice))}
        />
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>
            {t('merge.result')}
          </Text>
          <Text size="sm" c="dimmed">
            {edited === undefined ? t('merge.resultHelp') : `${t('merge.edited')} `}
            {edited !== undefined && (
              <Anchor component="button" type="button" inherit onClick={() => setEdited(undefined)}>
                {t('merge.resetEdit')}
              </Anchor>
            )}
          </Text>
        </Group>
        <div className={classes['result']}>
          <ScriptEditor
            {...script}
            value={result}
            onChange={(text) => {
              if (text !== result) setEdited(text);
            }}
            label={`${title}: ${t('merge.result')}`}
            diagnostics={NO_DIAGNOSTICS}
          />
        </div>
        {hasMarks(result) && (
          <Alert color="orange" variant="outline" p="xs" role="status">
            <Text size="sm">{t('merge.open', { count: Math.max(open, 1) })}</Text>
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => settle(theirs.source, t('merge.tookTheirs'))}>
            {t('merge.takeTheirs')}
          </Button>
          <Button variant="default" onClick={() => settle(mine, t('merge.tookMine'))}>
            {t('merge.takeMine')}
          </Button>
          <Button disabled={hasMarks(result)} onClick={() => settle(result, t('merge.mergedDone'))}>
            {t('merge.saveMerge')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

const NO_DIAGNOSTICS: readonly never[] = [];
