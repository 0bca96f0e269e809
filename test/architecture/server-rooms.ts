/** One room of the house, and what its files may import. */
export interface Room {
  readonly room: string;
  readonly files: RegExp;
  readonly from: readonly string[];
  readonly packages: readonly string[];
}

/**
 * Who may import whom: a room imports from the rooms it names, from itself, and from nothing else of ours. Each names only rooms
 * above it, so that no two need each other. `packages` are the npm packages it may use; Node's own modules are free.
 */
export const ROOMS: readonly Room[] = [
  { room: 'contract', files: /^server\/contract\//, from: [], packages: ['zod', 'acorn'] },
  // What every room may lean on: settings, errors, ids, the log, the waits of the life cycle, what is observed.
  {
    room: 'base',
    files: /^server\/(config|errors|ids|log|waits|metrics)\.ts$/,
    from: ['contract'],
    packages: ['zod', 'pino'],
  },
  {
    room: 'db',
    files: /^server\/db\//,
    from: ['contract', 'base'],
    packages: ['knex', 'pg', '@electric-sql/pglite'],
  },
  { room: 'secrets', files: /^server\/secrets\//, from: ['base', 'db'], packages: [] },
  {
    room: 'http',
    files: /^server\/http\//,
    from: ['contract', 'base', 'db'],
    packages: ['koa', '@koa/router', 'koa-bodyparser', 'koa-helmet', 'ipaddr.js', 'zod'],
  },
  // The only room that knows isolated-vm (isolate.ts alone, see below) and undici; no provider's name, no Koa.
  {
    room: 'sandbox',
    files: /^server\/sandbox\//,
    from: ['contract'],
    packages: ['isolated-vm', 'undici', 'ipaddr.js', 'zod'],
  },
  { room: 'providers', files: /^server\/providers\//, from: ['contract'], packages: ['zod'] },
  {
    room: 'jobs',
    files: /^server\/jobs\//,
    from: ['contract', 'base', 'db'],
    packages: ['pg-boss', 'pg', 'knex'],
  },
  { room: 'audit', files: /^server\/audit\//, from: ['contract', 'base', 'db', 'http'], packages: ['zod'] },
  {
    room: 'executions',
    files: /^server\/executions\//,
    from: ['contract', 'base', 'db', 'http', 'sandbox', 'providers'],
    packages: ['zod', 'fastest-levenshtein'],
  },
  {
    room: 'auth',
    files: /^server\/auth\//,
    from: ['contract', 'base', 'secrets', 'db', 'http', 'audit'],
    packages: ['zod', 'koa', '@koa/router', 'koa-bodyparser', 'openid-client'],
  },
  {
    room: 'channels',
    files: /^server\/channels\//,
    from: ['contract', 'base', 'secrets', 'db', 'http', 'sandbox', 'providers', 'audit', 'executions'],
    packages: ['zod'],
  },
  {
    room: 'catalogue',
    files: /^server\/catalogue\//,
    from: ['contract', 'base', 'db', 'http', 'providers', 'audit'],
    packages: ['zod'],
  },
  {
    room: 'mappings',
    files: /^server\/mappings\//,
    from: ['contract', 'base', 'db', 'http', 'sandbox', 'providers', 'audit', 'executions', 'channels'],
    packages: ['zod', 'acorn', 'fastest-levenshtein'],
  },
  {
    room: 'bindings',
    files: /^server\/bindings\//,
    from: ['contract', 'base', 'db', 'http', 'audit', 'channels', 'mappings'],
    packages: ['zod'],
  },
  {
    room: 'approvals',
    files: /^server\/approvals\//,
    from: [
      ...['contract', 'base', 'db', 'http', 'providers', 'jobs', 'audit', 'executions', 'channels'],
      ...['mappings', 'bindings'],
    ],
    packages: ['zod'],
  },
  {
    room: 'tasks',
    files: /^server\/tasks\//,
    from: [
      ...['contract', 'base', 'db', 'http', 'providers', 'jobs', 'audit', 'executions', 'channels'],
      ...['mappings', 'bindings', 'approvals'],
    ],
    packages: ['zod', 'knex'],
  },
  {
    room: 'events',
    files: /^server\/events\//,
    from: [
      ...['contract', 'base', 'db', 'http', 'providers', 'jobs', 'audit', 'executions', 'channels'],
      ...['mappings', 'approvals'],
    ],
    packages: ['zod', 'koa', '@koa/router'],
  },
  {
    room: 'operations',
    files: /^server\/operations\//,
    from: ['contract', 'base', 'db', 'http', 'sandbox', 'jobs', 'channels'],
    packages: ['zod', 'prom-client'],
  },
  {
    room: 'transfer',
    files: /^server\/transfer\//,
    from: ['contract', 'base', 'secrets', 'db', 'audit'],
    packages: ['zod', 'knex'],
  },
  {
    room: 'control',
    files: /^server\/control\//,
    from: ['contract', 'base', 'secrets', 'db', 'audit', 'auth', 'transfer'],
    packages: ['zod'],
  },
  {
    room: 'demo',
    files: /^server\/demo\//,
    from: [
      ...['contract', 'base', 'secrets', 'db', 'providers', 'audit', 'channels', 'catalogue'],
      ...['mappings', 'bindings'],
    ],
    packages: ['zod'],
  },
  {
    room: 'overview',
    files: /^server\/overview\//,
    from: ['contract', 'base', 'db', 'http', 'demo'],
    packages: ['zod'],
  },
  // Builds the pages of editor/ and serves them; knows nothing of what they show. Vite is the builder's own process's alone.
  {
    room: 'editor',
    files: /^server\/editor\//,
    from: ['contract', 'base', 'http'],
    packages: ['koa', 'vite'],
  },
  // Stands alone: a copy of somebody else's server.
  {
    room: 'simulator',
    files: /^server\/simulator\//,
    from: ['contract'],
    packages: ['koa', '@koa/router', 'koa-bodyparser', 'zod'],
  },
  // The only files that see everything: what starts, wires and stops the program, and the command line.
  {
    room: 'entrance',
    files:
      /^server\/(commands\/|(services|app|hub|places|simulators|cli)\.ts$|(countersign|check-node)\.js$)/,
    from: [
      ...[
        'contract',
        'base',
        'secrets',
        'db',
        'http',
        'sandbox',
        'providers',
        'jobs',
        'audit',
        'executions',
        'auth',
      ],
      ...['channels', 'catalogue', 'mappings', 'bindings', 'approvals', 'tasks', 'events', 'operations'],
      ...['transfer', 'control', 'demo', 'overview', 'editor', 'simulator'],
    ],
    packages: ['commander', 'fastest-levenshtein', 'koa', '@koa/router', 'koa-helmet', 'zod'],
  },
];
