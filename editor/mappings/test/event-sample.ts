/** What a sample event is filled in with. */
export interface SampleFillings {
  readonly approvalInstanceId: string;
  readonly approvalDefinitionId: string;
}

/** An instance's id when no create has been tried yet. */
const NO_INSTANCE = 'instance-of-a-sample';

/**
 * A provider's sample event, its placeholders filled in: `{approvalInstanceId}` and `{approvalDefinitionId}` within texts, and `{now}` as a
 * whole text, which becomes a number of milliseconds.
 */
export function filledSample(
  payload: Readonly<Record<string, unknown>>,
  { approvalInstanceId, approvalDefinitionId }: SampleFillings,
  now: number,
): Record<string, unknown> {
  const fill = (value: unknown): unknown => {
    if (value === '{now}') return now;
    if (typeof value === 'string')
      return value
        .replaceAll('{approvalInstanceId}', approvalInstanceId === '' ? NO_INSTANCE : approvalInstanceId)
        .replaceAll('{approvalDefinitionId}', approvalDefinitionId);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };
  return fill(payload) as Record<string, unknown>;
}
