import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../../server/contract/mapping.ts';
import type {
  ProviderEntry,
  TaskTypeCatalogue,
  VariableCatalogue,
} from '../../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../../server/contract/channel.ts';
import type { Stage } from '../../../server/contract/stage.ts';
import { useRead } from '../../api/queries.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import type { RunFailure } from '../../parts/run-result-run.ts';
import type { MappingDetail } from './answers.ts';
import { ReadyPanel } from './ready-panel.tsx';

/** What the page around the panel may ask of it. */
export interface TestPanelHandle {
  readonly runStage: () => void;
  readonly runChain: () => void;
  /** Ends what runs, if anything does. */
  readonly cancel: () => void;
}

export interface TestPanelProps {
  readonly mapping: MappingDetail;
  readonly stage: Stage;
  /** The scripts as they stand in the editor, saved or not. */
  readonly sources: Readonly<Record<Stage, string>>;
  /** The provider's form, when it is known. */
  readonly form: readonly FormField[] | undefined;
  /** A run of that stage failed (undefined: has begun anew): its line is to be marked, or the mark taken away. */
  readonly onFailure: (stage: Stage, failure: RunFailure | undefined) => void;
  readonly onTested: (stage: Stage, ok: boolean) => void;
  /** Somebody asks to see a line of a stage's script. Without it `onFailure` is called again. */
  readonly onGoTo?: (stage: Stage, line: number, column: number) => void;
  readonly ref?: Ref<TestPanelHandle>;
}

/** The catalogue hardly ever changes. */
const LONG = { staleMs: 10 * 60_000 };

/** Tries a mapping's stages: what goes in, how it went, and what was tried before. */
export function TestPanel(props: TestPanelProps) {
  const { t } = useTranslation('test');
  const variables = useRead<{ items: VariableCatalogue }>('/catalogue/variables', LONG);
  const taskTypes = useRead<{ items: TaskTypeCatalogue }>('/catalogue/task-types', LONG);
  const providers = useRead<{ items: ProviderEntry[] }>('/catalogue/providers', LONG);
  const channel = useRead<ShownChannel>(`/channels/${props.mapping.channelId}`, { staleMs: 60_000 });
  if (variables.error !== null)
    return <ErrorState error={variables.error} retry={() => void variables.refetch()} />;
  if (variables.data === undefined) return <LoadingState words={t('loading')} />;
  const provider = providers.data?.items.find(({ name }) => name === channel.data?.type);
  return (
    <ReadyPanel
      // Another mapping has inputs, runs and a token of its own.
      key={props.mapping.id}
      {...props}
      catalogue={variables.data.items}
      taskTypes={taskTypes.data?.items ?? []}
      channel={channel.data}
      provider={provider}
    />
  );
}
