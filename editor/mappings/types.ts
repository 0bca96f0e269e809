import type { z } from 'zod';
import type { ProviderEntry, VariableCatalogue } from '../../server/contract/catalogue.ts';
import type { compared, mapping, mappingDetail, savedDraft, version } from '../../server/contract/mapping.ts';
import type { Stage } from '../../server/contract/stage.ts';

/** A mapping as the list has it. */
export type Mapping = z.infer<typeof mapping>;
/** A mapping in full. */
export type MappingDetail = z.infer<typeof mappingDetail>;
/** A stage's draft as the hub holds it. */
export type HubDraft = MappingDetail['draft'][Stage];
/** What a save answers. */
export type SavedDraft = z.infer<typeof savedDraft>;
/** A published version as the list has it. */
export type Version = z.infer<typeof version>;
/** Two states of a mapping side by side. */
export type Compared = z.infer<typeof compared>;
/** `GET /catalogue/providers`. */
export interface Providers {
  readonly items: readonly ProviderEntry[];
  readonly declarations: Readonly<Record<string, string>>;
}
/** `GET /catalogue/variables`. */
export interface VariableList {
  readonly items: VariableCatalogue;
}
/** Something for each of the five stages. */
export type ByStage<T> = Readonly<Record<Stage, T>>;
