/**
 * What an export carries, in an order in which no row refers to a later one (mappings and their versions apart, which
 * refer to each other).
 */
export const TRANSFERRED = [
  'users',
  'api_tokens',
  'catalogue',
  'channels',
  'channel_calls',
  'mappings',
  'mapping_versions',
  'mapping_drafts',
  'mapping_samples',
  'bindings',
  'tasks',
  'approvals',
  'timeline',
  'event_keys',
  'events',
  'executions',
  'audit',
] as const;
export type TransferredTable = (typeof TRANSFERRED)[number];

export const isTransferred = (name: unknown): name is TransferredTable =>
  (TRANSFERRED as readonly unknown[]).includes(name);

/** What it leaves: sign-ins, cached access tokens, and what belongs to one installation. Jobs are made anew. */
export const LEFT_BEHIND = ['sessions', 'sign_in_links', 'channel_tokens', 'installation'] as const;
