/** Which script ran: what an execution says of it. */
export interface Ran {
  readonly mappingId: string | null;
  readonly stage: string;
  /** null: the draft. */
  readonly version: number | null;
}

/** Where a script that ran can be looked at. `line`: the text that ran is the one shown there, so that its lines fit. */
export interface ScriptPlace {
  readonly kind: 'line' | 'compare';
  readonly to: string;
}

/** What of a mapping tells where its scripts are. */
interface MappingNow {
  readonly publishedVersion: number | null;
  /** Stages whose draft is not the published text. */
  readonly changedStages: readonly string[];
}

/** Stages that have a script; the hub's own questions have none. */
const SCRIPTED: readonly string[] = ['token', 'create', 'revoke', 'callback', 'sync'];

/**
 * Where to look at the script of a run, at the line that failed. The mapping's page shows the draft; a text that the draft does not have
 * any more is shown in a comparison with it.
 * @param mapping as it is now; undefined while that is not known
 * @returns undefined when there is nothing to look at
 */
export function placeOfScript(
  { mappingId, stage, version }: Ran,
  mapping: MappingNow | undefined,
  line: number | null = null,
): ScriptPlace | undefined {
  if (mappingId === null || !SCRIPTED.includes(stage)) return undefined;
  const at = line === null ? '' : `&line=${String(line)}`;
  const isDraft = version === mapping?.publishedVersion && !mapping.changedStages.includes(stage);
  if (version === null || isDraft) return { kind: 'line', to: `/mappings/${mappingId}?stage=${stage}${at}` };
  if (mapping === undefined) return undefined;
  const query = `from=${String(version)}&to=draft&stage=${stage}${at}`;
  return { kind: 'compare', to: `/mappings/${mappingId}/compare?${query}` };
}
