import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { Diagnostic, FormField } from '../../server/contract/mapping.ts';
import type { Stage } from '../../server/contract/stage.ts';
import type { Variable } from '../../server/contract/variables.ts';
import type { RunError } from './run-error.ts';
import type { ScriptHandle } from './script-handle.ts';

/** What a script editor is given. */
export interface ScriptEditorProps {
  /** The text. What the author types comes back by `onChange`; any other text takes its place, and can be undone. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly readOnly?: boolean;
  /** Whether lines that are longer than the editor is wide go on in the next row. */
  readonly wraps?: boolean;
  /** What the text is, for who cannot see it: `create stage of SQL release`. */
  readonly label: string;
  readonly stage: Stage;
  readonly provider: ProviderEntry;
  readonly variables: readonly Variable[];
  /** The provider's form: its field names complete and are checked in the create stage. */
  readonly form?: readonly FormField[] | undefined;
  /** What the hub said. Give the same array until it says something new: remarks on lines that were changed since stay away. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where the last run failed. As with `diagnostics`: a new object is a new failure. */
  readonly runError?: RunError | undefined;
  /** The same for the same script, such as `${mappingId}/${stage}`: undo history and view state are kept for it. */
  readonly modelKey: string;
  readonly onReady?: ((handle: ScriptHandle) => void) | undefined;
}

/** What a comparison of two scripts is given. */
export interface ScriptDiffProps {
  readonly before: string;
  readonly after: string;
  readonly language?: 'javascript' | 'json' | 'text';
  /** A line of the text before that is to be looked at. */
  readonly line?: number | undefined;
  /** What is compared, for who cannot see it. */
  readonly label?: string;
}
