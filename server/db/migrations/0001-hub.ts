import type { Knex } from 'knex';

/** The tables of the hub. What must hold is a constraint here, not only a rule in the code. */
export async function up(db: Knex): Promise<void> {
  await db.raw(SCHEMA);
}

export async function down(db: Knex): Promise<void> {
  const tables = [
    ...['audit', 'timeline', 'executions', 'events', 'event_keys', 'approvals', 'tasks', 'bindings'],
    ...[
      'mapping_versions',
      'mapping_samples',
      'mapping_drafts',
      'mappings',
      'channel_calls',
      'channel_tokens',
      'channels',
    ],
    ...['sign_in_links', 'sessions', 'api_tokens', 'users', 'catalogue', 'installation'],
  ];
  await db.raw(`drop table ${tables.join(', ')}; drop function refuse_change();`);
}

const SCHEMA = `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are never changed', tg_table_name using errcode = 'restrict_violation';
end $$;

-- One row: the text by which a start knows that its SECRET_KEY is the right one, and whether the demo was made.
create table installation (
  id smallint primary key default 1 check (id = 1),
  key_check text not null,
  demo_channel_id uuid,
  created_at timestamptz not null default now()
);

create table users (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('viewer', 'submitter', 'editor', 'admin')),
  password_hash text,
  oidc_subject text unique,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  last_sign_in_at timestamptz
);
create unique index users_name on users (lower(name));

create table sessions (
  id_hash bytea primary key,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);

create table sign_in_links (
  token_hash bytea primary key,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

create table api_tokens (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('viewer', 'submitter', 'editor', 'admin')),
  token_hash bytea not null unique,
  created_by text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table channels (
  id uuid primary key,
  type text not null,
  name text not null unique check (length(name) between 1 and 200),
  app_id text not null,
  corp_id text not null default '',
  agent_id text not null default '',
  callback_type text not null default 'webhook' check (callback_type in ('webhook', 'persistent')),
  api_base_url text not null default '',
  legacy_api_base_url text not null default '',
  allowed_hosts jsonb not null default '[]' check (jsonb_typeof(allowed_hosts) = 'array'),
  default_originator text not null default '',
  secrets text not null, -- sealed JSON: appSecret, token, aesKey, encryptKey, verificationToken
  monthly_calls integer not null check (monthly_calls >= 0),
  paused_at timestamptz,
  last_callback_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- One access token a channel and token script. A lease lets one process fetch while the others wait.
create table channel_tokens (
  channel_id uuid not null references channels on delete cascade,
  script_hash text not null,
  access_token text, -- sealed
  expires_at timestamptz,
  lease_by uuid,
  lease_until timestamptz,
  primary key (channel_id, script_hash)
);

-- Calls to the provider that count against its quota, by day.
create table channel_calls (
  channel_id uuid not null references channels on delete cascade,
  day date not null,
  calls integer not null default 0,
  polls integer not null default 0,
  primary key (channel_id, day)
);

create table mappings (
  id uuid primary key,
  channel_id uuid not null references channels,
  name text not null check (length(name) between 1 and 200),
  approval_definition_id text not null check (length(approval_definition_id) between 1 and 200),
  limits jsonb not null default '{}',
  published_version integer,
  form jsonb,
  form_fetched_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (channel_id, name)
);
create index mappings_definition on mappings (channel_id, approval_definition_id);

create table mapping_drafts (
  mapping_id uuid not null references mappings on delete cascade,
  stage text not null check (stage in ('token', 'create', 'revoke', 'callback', 'sync')),
  source text not null,
  etag text not null,
  updated_at timestamptz not null default now(),
  updated_by text not null,
  primary key (mapping_id, stage)
);

-- What was last tried with a stage, so that a person need not type it again.
create table mapping_samples (
  mapping_id uuid not null references mappings on delete cascade,
  stage text not null check (stage in ('token', 'create', 'revoke', 'callback', 'sync')),
  sample jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (mapping_id, stage)
);

create table mapping_versions (
  mapping_id uuid not null references mappings on delete cascade,
  version integer not null check (version > 0),
  sources jsonb not null,
  default_stages jsonb not null, -- the stages whose script was the provider's default, letter by letter
  approval_definition_id text not null,
  limits jsonb not null,
  note text not null default '',
  published_at timestamptz not null default now(),
  published_by text not null,
  primary key (mapping_id, version)
);
create trigger mapping_versions_immutable before update on mapping_versions
  for each row execute function refuse_change();
create index mapping_versions_definition on mapping_versions (approval_definition_id, mapping_id);
-- Each table refers to the other: an import puts both in before it is checked.
alter table mappings add foreign key (id, published_version) references mapping_versions (mapping_id, version) deferrable;

create table bindings (
  id uuid primary key,
  task_type text not null check (length(task_type) between 1 and 100),
  task_subtype text check (length(task_subtype) between 1 and 100),
  mapping_id uuid not null references mappings,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index bindings_subtype on bindings (task_type, task_subtype) where task_subtype is not null;
create unique index bindings_type on bindings (task_type) where task_subtype is null;
create index bindings_mapping on bindings (mapping_id);

create table tasks (
  id uuid primary key,
  task_id text not null unique check (length(task_id) between 1 and 200),
  task_type text not null,
  task_subtype text,
  variables jsonb not null,
  status text not null default 'submitted'
    check (status in ('submitted', 'pending', 'approved', 'rejected', 'revoked', 'failed')),
  reason_code text,
  reason_message text,
  generation integer not null default 1,
  revoke_requested_at timestamptz,
  revoke_reason text,
  submitted_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- What a search looks into; short enough to stand in an index, whose rows have at most 2,704 bytes.
  search text not null generated always as (
    task_id || chr(10) || left(coalesce(variables ->> 'SUBMITTER', ''), 100) || chr(10) ||
    left(coalesce(variables ->> 'TASK_NAME', ''), 300)
  ) stored,
  check ((status = 'failed') = (reason_code is not null))
);
create index tasks_search on tasks (id desc) include (search);
create index tasks_status on tasks (status, id desc);
create index tasks_type on tasks (task_type, id desc);

-- One attempt to have a task approved (or a test create, which has no task).
create table approvals (
  id uuid primary key,
  task_id uuid references tasks on delete cascade,
  generation integer not null default 1,
  channel_id uuid not null references channels,
  mapping_id uuid not null references mappings,
  version integer,
  -- ready: no create call has left. sending: one may have. linked: the instance is known. closed: none was opened.
  opening text not null default 'ready' check (opening in ('ready', 'sending', 'linked', 'closed')),
  opening_attempts integer not null default 0,
  intent jsonb,         -- what the create call carries: {attempt, definitionId, originator, form}
  intent_hash bytea,    -- the same definition, originator and form have the same
  intent_at timestamptz,
  searches integer not null default 0,
  absent_since timestamptz, -- the first search that counts and found nothing
  approval_instance_id text,
  linked_at timestamptz,
  status text check (status in ('pending', 'approved', 'rejected', 'revoked')),
  title text not null default '',
  form jsonb not null default '[]',
  approvers jsonb not null default '[]',
  records jsonb not null default '[]',
  synced_at timestamptz,
  next_sync_at timestamptz,
  sync_step integer not null default 0,
  revoke_attempts integer not null default 0,
  test_execution_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (mapping_id, version) references mapping_versions (mapping_id, version),
  unique (task_id, generation),
  check ((opening = 'linked') = (approval_instance_id is not null)),
  check (opening <> 'sending' or intent_at is not null),
  check (task_id is null or version is not null)
);
-- An instance belongs to one approval, ever.
create unique index approvals_instance on approvals (channel_id, approval_instance_id) where approval_instance_id is not null;
-- A task has at most one approval that may stand at the provider without its outcome being known.
create unique index approvals_one_open on approvals (task_id)
  where task_id is not null and (opening in ('ready', 'sending') or (opening = 'linked' and status = 'pending'));
create index approvals_unlinked on approvals (channel_id, intent_hash) where opening = 'sending';
create index approvals_due on approvals (next_sync_at) where next_sync_at is not null;
create index approvals_mapping on approvals (mapping_id, version);

create table timeline (
  id uuid primary key,
  task_id uuid not null references tasks on delete cascade,
  at timestamptz not null default now(),
  what text not null,
  by text not null default '',
  detail jsonb not null default '{}'
);
create index timeline_task on timeline (task_id, id);

-- Which events of a channel were seen; outlives the event, so that a late repeat is known (retention: 120 days).
create table event_keys (
  channel_id uuid not null references channels on delete cascade,
  key text not null,
  event_id uuid not null,
  seen_at timestamptz not null default now(),
  primary key (channel_id, key)
);
create index event_keys_seen on event_keys (seen_at);

create table events (
  id uuid primary key,
  channel_id uuid not null references channels on delete cascade,
  type text not null,
  definition_id text,
  approval_instance_id text,
  approval_id uuid references approvals on delete set null,
  received_at timestamptz not null default now(),
  raw jsonb,     -- the push as it came: query and encrypted body
  payload jsonb, -- decrypted; null for a foreign one
  outcome text not null check (outcome in ('applied', 'unchanged', 'waiting', 'foreign', 'failed')),
  reason text,
  processed_at timestamptz
);
create index events_channel on events (channel_id, id desc);
create index events_outcome on events (outcome, id desc);
create index events_type on events (type, id desc);
create index events_instance on events (channel_id, approval_instance_id) where approval_instance_id is not null;
create index events_approval on events (approval_id) where approval_id is not null;

create table executions (
  id uuid primary key,
  kind text not null check (kind in ('test', 'live')),
  stage text not null,
  channel_id uuid references channels on delete cascade,
  mapping_id uuid references mappings on delete cascade,
  version integer,
  task_id uuid references tasks on delete cascade,
  approval_id uuid references approvals on delete set null,
  event_id uuid references events on delete set null,
  ok boolean not null,
  error_code text,
  input jsonb not null,   -- masked
  execution jsonb not null, -- masked: result or error, warnings, logs, http, prepared
  duration_ms double precision not null,
  cpu_ms double precision not null,
  memory_bytes bigint not null,
  run_by text not null default '',
  started_at timestamptz not null default now()
);
create index executions_mapping on executions (mapping_id, id desc);
create index executions_task on executions (task_id, id desc) where task_id is not null;
create index executions_event on executions (event_id) where event_id is not null;
create index executions_approval on executions (approval_id) where approval_id is not null;
create index executions_failed on executions (id desc) where not ok;

create table audit (
  id uuid primary key,
  at timestamptz not null default now(),
  by text not null,
  action text not null,
  object_type text not null,
  object_id text not null,
  before jsonb, -- masked
  after jsonb,
  request_id text
);
create index audit_object on audit (object_type, object_id, id desc);
create trigger audit_immutable before update on audit for each row execute function refuse_change();

create table catalogue (
  name text primary key check (name in ('variables', 'task-types')),
  value jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by text not null
);
`;
