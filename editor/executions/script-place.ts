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

/** Stages that have a script; the hub's own questions have none. */
const SCRIPTED: readonly string[] = ['token', 'create', 'revoke', 'callback', 'sync'];

/**
 * Where to look at the script of a run, at the line that failed. The mapping's page shows the draft; of a version that has been replaced
 * the comparison is shown instead.
 * @param publishedVersion of the mapping now; undefined while that is not known
 * @returns undefined when there is nothing to look at
 */
export function placeOfScript(
  { mappingId, stage, version }: Ran,
  publishedVersion: number | null | undefined,
  line: number | null = null,
): ScriptPlace | undefined {
  if (mappingId === null || !SCRIPTED.includes(stage)) return undefined;
  if (version === null || version === publishedVersion) {
    const at = line === null ? '' : `&line=${String(line)}`;
    return { kind: 'line', to: `/mappings/${mappingId}?stage=${stage}${at}` };
  }
  if (publishedVersion === undefined) return undefined;
  const query = `from=${String(version)}&to=draft&stage=${stage}`;
  return { kind: 'compare', to: `/mappings/${mappingId}/compare?${query}` };
}
