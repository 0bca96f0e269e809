import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../app/language.ts';
import { wordsOf } from '../parts/error-state.tsx';
import { exactTime } from '../parts/time.ts';
import { When } from '../parts/when.tsx';
import { useWho } from '../parts/who.ts';
import { isUnsaved } from './draft-state.ts';
import type { DraftState } from './draft-state.ts';
import type { Drafts } from './drafts.ts';
import type { Stage } from './stages.ts';

interface DraftStatusProps {
  readonly stage: Stage;
  readonly draft: DraftState;
  readonly drafts: Drafts;
}

/** Where the text of a stage is kept at this moment, in a line. */
export function DraftStatus({ stage, draft, drafts }: DraftStatusProps) {
  const { t } = useTranslation('mapping');
  const whoIs = useWho();
  const { base, sending, trouble, isKept } = draft;
  const isMerging = draft.theirs !== undefined;
  if (sending !== undefined && sending !== base.source) return <Text size="sm">{t('status.saving')}</Text>;
  if (trouble !== undefined)
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="status">
        {t('status.trouble', { why: wordsOf(trouble) })}{' '}
        {isUnsaved(draft) && (isKept ? t('status.troubleKept') : t('status.troubleNotKept'))}{' '}
        <Anchor component="button" type="button" inherit onClick={() => void drafts.save(stage)}>
          {t('status.again')}
        </Anchor>
      </Text>
    );
  if (isUnsaved(draft))
    return (
      <Text size="sm" role="status">
        {!isKept ? t('status.nowhere') : isMerging ? t('status.merging') : t('status.local')}{' '}
        {!isMerging && (
          <Anchor component="button" type="button" inherit onClick={() => void drafts.save(stage)}>
            {t('saveIt')}
          </Anchor>
        )}
      </Text>
    );
  return (
    <Text size="sm" c="dimmed">
      {t('status.saved')} <When at={base.updatedAt} /> · {whoIs(base.updatedBy)}
    </Text>
  );
}

interface DraftNewsProps extends DraftStatusProps {
  readonly onMerge: () => void;
}

/** What the person must know of a stage's text before going on: somebody else's save, or what came back from an earlier visit. */
export function DraftNews({ stage, draft, drafts, onMerge }: DraftNewsProps) {
  const { t, i18n } = useTranslation('mapping');
  const moment = (at: string): string => exactTime(Date.parse(at), localeOf(i18n.language));
  const { theirs, broughtBack, setAside, isKept } = draft;
  if (theirs !== undefined) {
    const told = { who: theirs.updatedBy, when: moment(theirs.updatedAt) };
    return (
      <Alert role="alert" color="orange" variant="outline" p="xs">
        <Group gap="sm" justify="space-between">
          <Text size="sm" flex={1} miw={240}>
            {isKept ? t('status.conflict', told) : t('status.conflictNotKept', told)}
          </Text>
          <Button size="xs" onClick={onMerge}>
            {t('status.merge')}
          </Button>
        </Group>
      </Alert>
    );
  }
  if (setAside !== undefined)
    return (
      <News
        text={t('status.setAside')}
        action={t('status.bringBack')}
        act={() => drafts.type(stage, setAside)}
      />
    );
  if (broughtBack !== undefined)
    return (
      <News
        text={t('status.broughtBack', { when: moment(broughtBack) })}
        action={t('status.discard')}
        act={() => drafts.giveUp(stage)}
      />
    );
  return null;
}

function News({ text, action, act }: { text: string; action: string; act: () => void }) {
  return (
    <Alert role="status" color="blue" variant="outline" p="xs">
      <Group gap="sm" justify="space-between">
        <Text size="sm" flex={1} miw={240}>
          {text}
        </Text>
        <Button size="xs" variant="default" onClick={act}>
          {action}
        </Button>
      </Group>
    </Alert>
  );
}
