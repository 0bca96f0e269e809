/** A top-level folder (or a few files) and what it may import. */
export interface Module {
  readonly name: string;
  readonly files: RegExp;
  readonly from: readonly string[];
  readonly packages: readonly string[];
}

/**
 * The import table of the server: a module imports from itself and from the modules in `from`, all of which stand above it, so there are
 * no cycles. `packages` are the npm packages it may use; Node's built-in modules are always allowed.
 */
export const SERVER_MODULES: readonly Module[] = [
  { name: 'contract', files: /^server\/contract\//, from: [], packages: ['zod', 'acorn'] },
  // What every module may use: settings, errors, ids, the log, delays, metrics.
  {
    name: 'base',
    files: /^server\/(config|errors|ids|log|waits|metrics)\.ts$/,
    from: ['contract'],
    packages: ['zod', 'pino'],
  },
  {
    name: 'db',
    files: /^server\/db\//,
    from: ['contract', 'base'],
    packages: ['knex', 'pg', '@electric-sql/pglite'],
  },
  { name: 'secrets', files: /^server\/secrets\//, from: ['base', 'db'], packages: [] },
  {
    name: 'http',
    files: /^server\/http\//,
    from: ['contract', 'base', 'db'],
    packages: ['koa', '@koa/router', 'koa-bodyparser', 'koa-helmet', 'ipaddr.js', 'zod'],
  },
  // The only module that knows isolated-vm (isolate.ts alone, see below) and undici; no provider's name, no Koa.
  {
    name: 'sandbox',
    files: /^server\/sandbox\//,
    from: ['contract'],
    packages: ['isolated-vm', 'undici', 'ipaddr.js', 'zod'],
  },
  { name: 'providers', files: /^server\/providers\//, from: ['contract'], packages: ['zod'] },
  {
    name: 'jobs',
    files: /^server\/jobs\//,
    from: ['contract', 'base', 'db'],
    packages: ['pg-boss', 'pg', 'knex'],
  },
  { name: 'audit', files: /^server\/audit\//, from: ['contract', 'base', 'db', 'http'], packages: ['zod'] },
  {
    name: 'executions',
    files: /^server\/executions\//,
    from: ['contract', 'base', 'db', 'http', 'sandbox', 'providers'],
    packages: ['zod', 'fastest-levenshtein'],
  },
  {
    name: 'auth',
    files: /^server\/auth\//,
    from: ['contract', 'base', 'secrets', 'db', 'http', 'audit'],
    packages: ['zod', 'koa', '@koa/router', 'koa-bodyparser', 'openid-client'],
  },
  {
    name: 'channels',
    files: /^server\/channels\//,
    from: ['contract', 'base', 'secrets', 'db', 'http', 'sandbox', 'providers', 'audit', 'executions'],
    packages: ['zod'],
  },
  {
    name: 'catalogue',
    files: /^server\/catalogue\//,
    from: ['contract', 'base', 'db', 'http', 'providers', 'audit'],
    packages: ['zod'],
  },
  {
    name: 'mappings',
    files: /^server\/mappings\//,
    from: ['contract', 'base', 'db', 'http', 'sandbox', 'providers', 'audit', 'executions', 'channels'],
    packages: ['zod', 'acorn', 'fastest-levenshtein'],
  },
  {
    name: 'bindings',
    files: /^server\/bindings\//,
    from: ['contract', 'base', 'db', 'http', 'audit', 'channels', 'mappings'],
    packages: ['zod'],
  },
  {
    name: 'approvals',
    files: /^server\/approvals\//,
    from: [
      ...['contract', 'base', 'db', 'http', 'providers', 'jobs', 'audit', 'executions', 'channels'],
      ...['mappings', 'bindings'],
    ],
    packages: ['zod'],
  },
  {
    name: 'tasks',
    files: /^server\/tasks\//,
    from: [
      ...['contract', 'base', 'db', 'http', 'providers', 'jobs', 'audit', 'executions', 'channels'],
      ...['mappings', 'bindings', 'approvals'],
    ],
    packages: ['zod', 'knex'],
  },
  {
    name: 'events',
    files: /^server\/events\//,
    from: [
      ...['contract', 'base', 'db', 'http', 'providers', 'jobs', 'audit', 'executions', 'channels'],
      ...['mappings', 'approvals'],
    ],
    packages: ['zod', 'koa', '@koa/router'],
  },
  // WebSocket connections to providers (persistent channels); their events are stored as callbacks are.
  {
    name: 'connections',
    files: /^server\/connections\//,
    from: ['contract', 'base', 'db', 'sandbox', 'providers', 'executions', 'channels', 'events'],
    packages: ['ws', 'zod'],
  },
  {
    name: 'operations',
    files: /^server\/operations\//,
    from: ['contract', 'base', 'db', 'http', 'sandbox', 'jobs', 'channels'],
    packages: ['zod', 'prom-client'],
  },
  {
    name: 'transfer',
    files: /^server\/transfer\//,
    from: ['contract', 'base', 'secrets', 'db', 'audit'],
    packages: ['zod', 'knex'],
  },
  {
    name: 'control',
    files: /^server\/control\//,
    from: ['contract', 'base', 'secrets', 'db', 'audit', 'auth', 'transfer'],
    packages: ['zod'],
  },
  {
    name: 'demo',
    files: /^server\/demo\//,
    from: [
      ...['contract', 'base', 'secrets', 'db', 'providers', 'audit', 'channels', 'catalogue'],
      ...['mappings', 'bindings'],
    ],
    packages: ['zod'],
  },
  {
    name: 'overview',
    files: /^server\/overview\//,
    from: ['contract', 'base', 'db', 'http', 'demo'],
    packages: ['zod'],
  },
  // Builds and serves the web application of editor/. Only the build process loads Vite.
  {
    name: 'editor',
    files: /^server\/editor\//,
    from: ['contract', 'base', 'http'],
    packages: ['koa', 'vite'],
  },
  // Independent of the hub: it imitates somebody else's server.
  {
    name: 'simulator',
    files: /^server\/simulator\//,
    from: ['contract'],
    packages: ['koa', '@koa/router', 'koa-bodyparser', 'ws', 'zod'],
  },
  // The only files that import everything: start, wiring, stop, and the command line.
  {
    name: 'entry',
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
      ...['channels', 'catalogue', 'mappings', 'bindings', 'approvals', 'tasks', 'events', 'connections'],
      ...['operations', 'transfer', 'control', 'demo', 'overview', 'editor', 'simulator'],
    ],
    packages: ['commander', 'fastest-levenshtein', 'koa', '@koa/router', 'koa-helmet', 'zod'],
  },
];
