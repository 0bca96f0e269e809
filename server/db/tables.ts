import type { EventOutcome } from '../contract/event.ts';
import type { Role } from '../contract/role.ts';
import type { ApprovalStatus, Stage } from '../contract/stage.ts';
import type { TaskStatus } from '../contract/task.ts';

/** Rows as they come out of the database. jsonb arrives parsed, bigint as text, timestamps as Date. */

/** How far the opening of an approval has come (docs/life-of-a-task.md). */
export type Opening = 'ready' | 'sending' | 'linked' | 'closed';

export interface InstallationRow {
  id: number;
  key_check: string;
  demo_channel_id: string | null;
  created_at: Date;
}

export interface UserRow {
  id: string;
  name: string;
  role: Role;
  password_hash: string | null;
  oidc_subject: string | null;
  disabled_at: Date | null;
  created_at: Date;
  last_sign_in_at: Date | null;
}

export interface SessionRow {
  id_hash: Buffer;
  user_id: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
}

export interface SignInLinkRow {
  token_hash: Buffer;
  user_id: string;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

export interface ApiTokenRow {
  id: string;
  name: string;
  role: Role;
  token_hash: Buffer;
  created_by: string;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export interface ChannelRow {
  id: string;
  type: string;
  name: string;
  app_id: string;
  corp_id: string;
  agent_id: string;
  callback_type: 'webhook' | 'persistent';
  api_base_url: string;
  legacy_api_base_url: string;
  allowed_hosts: string[];
  default_originator: string;
  /** Sealed JSON, see channels/secrets.ts. */
  secrets: string;
  monthly_calls: number;
  paused_at: Date | null;
  last_callback_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface ChannelTokenRow {
  channel_id: string;
  script_hash: string;
  access_token: string | null;
  expires_at: Date | null;
  lease_by: string | null;
  lease_until: Date | null;
}

export interface ChannelCallsRow {
  channel_id: string;
  day: Date;
  calls: number;
  polls: number;
}

export interface MappingRow {
  id: string;
  channel_id: string;
  name: string;
  approval_definition_id: string;
  limits: Record<string, number>;
  published_version: number | null;
  form: unknown;
  form_fetched_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface MappingDraftRow {
  mapping_id: string;
  stage: Stage;
  source: string;
  etag: string;
  updated_at: Date;
  updated_by: string;
}

export interface MappingSampleRow {
  mapping_id: string;
  stage: Stage;
  sample: unknown;
  updated_at: Date;
}

export interface MappingVersionRow {
  mapping_id: string;
  version: number;
  sources: Record<Stage, string>;
  default_stages: Stage[];
  approval_definition_id: string;
  limits: Record<string, number>;
  note: string;
  published_at: Date;
  published_by: string;
}

export interface BindingRow {
  id: string;
  task_type: string;
  task_subtype: string | null;
  mapping_id: string;
  created_at: Date;
  updated_at: Date;
}

export interface TaskRow {
  id: string;
  task_id: string;
  task_type: string;
  task_subtype: string | null;
  variables: Record<string, string>;
  status: TaskStatus;
  reason_code: string | null;
  reason_message: string | null;
  generation: number;
  revoke_requested_at: Date | null;
  revoke_reason: string | null;
  submitted_by: string;
  created_at: Date;
  updated_at: Date;
}

/** What a create call carries, as the provider's folder reads it. */
export interface Intent {
  /** Which attempt sent it; only that one may link its answer. */
  attempt: string;
  /** Where it went: the same app at the same address has the same, see mappings/intent.ts. */
  place: string;
  definitionId: string;
  originator: string;
  form: { name: string; value: string }[];
  /** True when the call could not be read: then nothing can be searched for. */
  unreadable?: boolean;
}

export interface ApprovalRow {
  id: string;
  task_id: string | null;
  generation: number;
  channel_id: string;
  mapping_id: string;
  version: number | null;
  opening: Opening;
  opening_attempts: number;
  intent: Intent | null;
  intent_hash: Buffer | null;
  intent_at: Date | null;
  searches: number;
  absent_since: Date | null;
  approval_instance_id: string | null;
  linked_at: Date | null;
  status: ApprovalStatus | null;
  title: string;
  form: { name: string; value: string | null }[];
  approvers: unknown[];
  records: unknown[];
  synced_at: Date | null;
  next_sync_at: Date | null;
  sync_step: number;
  revoke_attempts: number;
  test_execution_id: string | null;
  created_at: Date;
  updated_at: Date;
}

export interface TimelineRow {
  id: string;
  task_id: string;
  at: Date;
  what: string;
  by: string;
  detail: Record<string, unknown>;
}

export interface EventKeyRow {
  channel_id: string;
  key: string;
  event_id: string;
  seen_at: Date;
}

export interface EventRow {
  id: string;
  channel_id: string;
  type: string;
  definition_id: string | null;
  approval_instance_id: string | null;
  approval_id: string | null;
  received_at: Date;
  raw: unknown;
  payload: unknown;
  outcome: EventOutcome;
  reason: string | null;
  processed_at: Date | null;
}

export interface ExecutionRow {
  id: string;
  kind: 'test' | 'live';
  stage: string;
  channel_id: string | null;
  mapping_id: string | null;
  version: number | null;
  task_id: string | null;
  approval_id: string | null;
  event_id: string | null;
  ok: boolean;
  error_code: string | null;
  input: unknown;
  execution: unknown;
  duration_ms: number;
  cpu_ms: number;
  memory_bytes: string;
  run_by: string;
  started_at: Date;
}

export interface AuditRow {
  id: string;
  at: Date;
  by: string;
  action: string;
  object_type: string;
  object_id: string;
  before: unknown;
  after: unknown;
  request_id: string | null;
}

export interface CatalogueRow {
  name: 'variables' | 'task-types';
  value: unknown;
  updated_at: Date;
  updated_by: string;
}

declare module 'knex/types/tables.js' {
  interface Tables {
    installation: InstallationRow;
    users: UserRow;
    sessions: SessionRow;
    sign_in_links: SignInLinkRow;
    api_tokens: ApiTokenRow;
    channels: ChannelRow;
    channel_tokens: ChannelTokenRow;
    channel_calls: ChannelCallsRow;
    mappings: MappingRow;
    mapping_drafts: MappingDraftRow;
    mapping_samples: MappingSampleRow;
    mapping_versions: MappingVersionRow;
    bindings: BindingRow;
    tasks: TaskRow;
    approvals: ApprovalRow;
    timeline: TimelineRow;
    event_keys: EventKeyRow;
    events: EventRow;
    executions: ExecutionRow;
    audit: AuditRow;
    catalogue: CatalogueRow;
  }
}
