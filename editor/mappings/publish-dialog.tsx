import { Alert, Button, Checkbox, Group, Modal, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { showDone } from '../parts/notify.ts';
import { AlertTitle } from './alert-title.tsx';
import type { Drafts } from './drafts.ts';
import { PublishChanges } from './publish-changes.tsx';
import { PublishTests } from './publish-tests.tsx';
import { ShadowPanel } from './shadow-panel.tsx';
import { doubtful, noteWith, NOTE_CHARACTERS } from './stage-state.ts';
import type { StageState } from './stage-state.ts';
import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { ByStage, MappingDetail } from './types.ts';
import { MovedOnError, UnsavedError, usePrepared, usePublish } from './use-publish.ts';

interface PublishDialogProps {
  readonly mapping: MappingDetail;
  readonly drafts: Drafts;
  readonly states: ByStage<StageState>;
  readonly onClose: () => void;
  /** Somebody wants to see a stage instead. */
  readonly onStage: (stage: Stage) => void;
  readonly onRunChain: () => void;
}

/** Makes a version of the draft: what changed, what was tested, what it would do to real tasks, and why. */
export function PublishDialog(props: PublishDialogProps) {
  const { mapping, drafts, states, onClose, onStage, onRunChain } = props;
  const { t } = useTranslation(['versions', 'mapping']);
  const prepared = usePrepared(mapping.id, drafts);
  const publish = usePublish(prepared.data?.mapping);
  const [note, setNote] = useState('');
  const [isSure, setSure] = useState(false);
  const version = (mapping.publishedVersion ?? 0) + 1;
  const warnings = useDoubts(states);

  const submit = (): void =>
    publish.mutate(noteWith(note, warnings), {
      onSuccess: (made) => {
        showDone(t('published', { version: made.version }));
        onClose();
      },
    });
  return (
    <Modal opened onClose={onClose} title={t('publishTitle', { name: mapping.name, version })} size="64rem">
      {prepared.isPending && <LoadingState words={t('preparing')} />}
      {prepared.error !== null &&
        (prepared.error instanceof UnsavedError ? (
          <Alert role="alert" color="orange" variant="outline">
            {t('unsaved')}
          </Alert>
        ) : (
          <ErrorState error={prepared.error} retry={() => void prepared.refetch()} />
        ))}
      {prepared.data !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack gap="lg">
            <PublishChanges changes={prepared.data.changes} version={mapping.publishedVersion} />
            <PublishTests {...{ states, onStage, onRunChain }} lastTests={mapping.lastTests} />
            {mapping.publishedVersion !== null && (
              <section>
                <Title order={2} size="h5" mb={4}>
                  {t('shadow.title')}
                </Title>
                <ShadowPanel mappingId={mapping.id} />
              </section>
            )}
            <Textarea
              label={t('noteLabel')}
              description={t('noteHelp')}
              data-autofocus
              autosize
              minRows={2}
              maxRows={8}
              maxLength={NOTE_CHARACTERS}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            {warnings.length > 0 && (
              <Alert color="orange" variant="outline" title={<AlertTitle>{t('doubtTitle')}</AlertTitle>}>
                <Text size="sm">{t('doubtText', { what: warnings.join(' · ') })}</Text>
                <Checkbox
                  mt="xs"
                  label={t('doubtConfirm')}
                  checked={isSure}
                  onChange={(event) => setSure(event.currentTarget.checked)}
                />
              </Alert>
            )}
            <Trouble
              error={publish.error}
              onStage={onStage}
              onAgain={() => {
                publish.reset();
                void prepared.refetch();
              }}
            />
            <Group justify="flex-end">
              <Button type="submit" disabled={publish.isPending || (warnings.length > 0 && !isSure)}>
                {publish.isPending ? t('publishing') : t('publish', { version })}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** What stands in the way of a good conscience, in the words that the version's note keeps. */
function useDoubts(states: ByStage<StageState>): string[] {
  const { t } = useTranslation('versions');
  const { untested, failing } = doubtful(states);
  return [
    ...(failing.length > 0 ? [t('doubtFailing', { stages: failing.join(', ') })] : []),
    ...(untested.length > 0 ? [t('doubtUntested', { stages: untested.join(', ') })] : []),
  ];
}

interface TroubleProps {
  readonly error: Error | null;
  readonly onStage: (stage: Stage) => void;
  readonly onAgain: () => void;
}

/** Why nothing was published. */
function Trouble({ error, onStage, onAgain }: TroubleProps) {
  const { t } = useTranslation(['versions', 'mapping']);
  if (error === null) return null;
  if (error instanceof MovedOnError)
    return (
      <Alert role="alert" color="orange" variant="outline">
        <Text size="sm">{t('movedOn')}</Text>
        <Button mt="xs" size="xs" variant="default" onClick={onAgain}>
          {t('lookAgain')}
        </Button>
      </Alert>
    );
  if (!(error instanceof ApiError && error.code === 'SCRIPT_SYNTAX')) return <ErrorState error={error} />;
  return (
    <Alert role="alert" color="red" variant="outline" title={<AlertTitle>{t('syntax')}</AlertTitle>}>
      <Stack gap="xs">
        {error.errors.map(({ path, message }) => {
          const stage = STAGES.find((each) => each === path);
          return (
            <Group key={path} gap="xs">
              <Text size="sm" flex={1}>
                <code>{path}</code> {message}
              </Text>
              {stage !== undefined && (
                <Button size="compact-xs" variant="default" onClick={() => onStage(stage)}>
                  {t('goToStage', { stage: t(`mapping:stage.${stage}`) })}
                </Button>
              )}
            </Group>
          );
        })}
      </Stack>
    </Alert>
  );
}
