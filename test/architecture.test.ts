import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom: a room imports from the rooms it names, from itself, and from nothing else of ours. Each names only rooms
 * above it, so that no two need each other. `packages` are the npm packages it may use; Node's own modules are free.
 */
const ROOMS: { room: string; files: RegExp; from: string[]; packages: string[] }[] = [
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

const UI = [
  'react',
  'react-i18next',
  'react-router',
  '@mantine/core',
  '@mantine/hooks',
  '@tabler/icons-react',
];
const UI_AND_QUERY = [...UI, '@tanstack/react-query', '@mantine/notifications', 'i18next', 'zod'];

/**
 * The same for the web application. Of the server it knows the API's schemas; `script` alone knows Monaco, and the declarations
 * of the sandbox.
 */
const EDITOR_ROOMS: typeof ROOMS = [
  { room: 'words', files: /^editor\/words\//, from: [], packages: ['i18next'] },
  {
    room: 'api',
    files: /^editor\/api\//,
    from: ['contract', 'words'],
    packages: ['react', 'react-i18next', '@tanstack/react-query'],
  },
  {
    room: 'parts',
    files: /^editor\/parts\//,
    from: ['contract', 'words', 'api'],
    packages: [...UI_AND_QUERY, '@mantine/notifications', 'zod'],
  },
  { room: 'script texts', files: /^scripts\//, from: [], packages: [] },
  {
    room: 'script',
    files: /^editor\/script\//,
    from: ['contract', 'words', 'parts', 'script texts'],
    packages: [...UI, 'i18next', 'monaco-editor', 'typescript', 'fastest-levenshtein'],
  },
  {
    room: 'lists',
    files: /^editor\/lists\//,
    from: ['contract', 'words', 'api', 'parts'],
    packages: UI_AND_QUERY,
  },
  // What only the frame and the entrance need of app/ stands at the end.
  {
    room: 'app',
    files: /^editor\/app\/(?!(editor|frame|routes)\.tsx$)/,
    from: ['contract', 'words', 'api', 'parts'],
    packages: UI_AND_QUERY,
  },
  { room: 'sample', files: /^editor\/sample\//, from: ['contract', 'words', 'api', 'parts'], packages: UI },
  {
    room: 'tour',
    files: /^editor\/tour\//,
    from: ['contract', 'words', 'api', 'parts', 'app', 'sample'],
    packages: UI_AND_QUERY,
  },
  ...(
    [
      ['settings', []],
      ['channels', ['settings']],
      ['bindings', []],
      ['executions', ['lists']],
      ['events', ['lists', 'executions']],
      ['tasks', ['lists', 'executions', 'events', 'sample']],
      ['mappings', ['script']],
      ['home', ['channels', 'sample', 'tour']],
    ] as const
  ).map(([room, more]) => ({
    room,
    files: new RegExp(`^editor/${room}/`),
    from: ['contract', 'words', 'api', 'parts', 'app', ...more],
    packages: UI_AND_QUERY,
  })),
  {
    room: 'entrance',
    files: /^editor\/(main\.tsx|vite\.config\.ts|app\/(editor|frame|routes)\.tsx)$/,
    from: [
      ...['api', 'parts', 'app', 'tour', 'settings', 'channels', 'bindings', 'executions', 'events', 'tasks'],
      ...['mappings', 'home'],
    ],
    packages: [...UI_AND_QUERY, 'react-dom', 'vite', '@vitejs/plugin-react'],
  },
];

/** Rooms whose own files alone may say it: a provider's name in shared code is a special case in the wrong place. */
const PROVIDER_NAMES = /dingtalk|feishu|wecom/i;
const MAY_NAME_PROVIDERS = /^server\/(providers|simulator)\/(dingtalk|feishu|wecom)\//;

/** Tools that are run by hand and are no part of the product. */
const TOOLS = /^server\/sandbox\/(build-vendor\.ts$|prelude\/)/;

const root = fileURLToPath(new URL('..', import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** Every module a file names, in imports, re-exports and import(); type-only ones too, for they are ties as well. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:^|[;\n])\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]/g)].map(
    (match) => match[1],
  );
  const bare = [...text.matchAll(/(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);
  return [...found, ...bare, ...dynamic].filter((name) => name !== undefined);
}

/** The room of a file, in the table of its half of the house; the schemas stand in both. */
const roomIn = (rooms: typeof ROOMS, file: string): (typeof ROOMS)[number] | undefined =>
  [...rooms, ...ROOMS.slice(0, 1)].find(({ files }) => files.test(file));

/** Every import that a table does not allow, as `file → what it imports`. */
function wrongImports(files: readonly string[], rooms: typeof ROOMS): string[] {
  const wrong: string[] = [];
  for (const file of files) {
    const room = roomIn(rooms, file);
    for (const name of importsOf(file)) {
      if (name.startsWith('node:')) continue;
      if (name.startsWith('.')) {
        const path = name.replace(/\?\w+$/, '');
        const target = relative(root, join(root, dirname(file), path)).replaceAll('\\', '/');
        // The manifest holds the version; no room of its own.
        if (target === 'package.json') continue;
        const targetRoom = roomIn(rooms, target)?.room;
        if (targetRoom !== room?.room && !room?.from.includes(targetRoom ?? ''))
          wrong.push(`${file} → ${target}`);
      } else {
        const packageName = name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/');
        if (room?.packages.includes(packageName) !== true) wrong.push(`${file} → ${name}`);
      }
    }
  }
  return wrong;
}

describe('the house', () => {
  it.each([
    ['server', ROOMS],
    ['editor', EDITOR_ROOMS],
  ])('has the rooms of %s in an order in which none needs a later one', (_, rooms) => {
    const order = ['contract', ...rooms.map(({ room }) => room).filter((room) => room !== 'contract')];
    const later = rooms.flatMap(({ room, from }) =>
      from.filter((name) => order.indexOf(name) >= order.indexOf(room)).map((name) => `${room} → ${name}`),
    );
    expect(later).toEqual([]);
    expect(rooms.flatMap(({ from }) => from).filter((name) => !order.includes(name))).toEqual([]);
  });

  const files = sources('server').filter((file) => !TOOLS.test(file));
  const editorFiles = sources('editor').filter((file) => !/^editor\/dist/.test(file));

  it('has a room for every file', () => {
    expect(files.filter((file) => roomIn(ROOMS, file) === undefined)).toEqual([]);
    expect(editorFiles.filter((file) => roomIn(EDITOR_ROOMS, file) === undefined)).toEqual([]);
  });

  it('imports only as the tables allow', () => {
    expect(wrongImports(files, ROOMS)).toEqual([]);
    expect(wrongImports(editorFiles, EDITOR_ROOMS)).toEqual([]);
  });

  it('takes only types from the schemas into what every page loads: zod is heavy', () => {
    const values = /^(import|export) (?!type\b)[^;]*?from '(zod|[./]+\/server\/contract\/[^']+)'/m;
    const first = editorFiles.filter((file) => /^editor\/(main|words|api|parts|app|tour)\b/.test(file));
    expect(first.filter((file) => values.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it('loads Vite where the editor is built, and nowhere in the hub itself', () => {
    expect(files.filter((file) => importsOf(file).includes('vite'))).toEqual([
      'server/editor/build-program.ts',
    ]);
  });

  it('reads every import there is (the finder above agrees with a real parser)', () => {
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8');
      const plain = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text.replace(/^#!.*/, '');
      const parsed = parse(plain, { ecmaVersion: 'latest', sourceType: 'module' });
      const values = parsed.body.flatMap((node) =>
        'source' in node && node.source?.value !== undefined ? [String(node.source.value)] : [],
      );
      expect(importsOf(file), file).toEqual(expect.arrayContaining(values));
    }
  });

  it('lets only sandbox/isolate.ts touch isolated-vm', () => {
    expect(files.filter((file) => importsOf(file).includes('isolated-vm'))).toEqual([
      'server/sandbox/isolate.ts',
    ]);
  });

  it('reads process.env in config.ts alone', () => {
    const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')));
    // The builder is a program of its own, and sets what Vite goes by.
    expect(readers).toEqual(['server/config.ts', 'server/editor/build-program.ts']);
  });

  it("keeps a provider's name to that provider's own folders", () => {
    const naming = files.filter((file) => {
      if (MAY_NAME_PROVIDERS.test(file) || /^server\/(simulator|commands|cli)/.test(file)) return false;
      const withoutComments = readFileSync(join(root, file), 'utf8').replace(
        /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm,
        '',
      );
      return PROVIDER_NAMES.test(withoutComments);
    });
    expect(naming).toEqual([]);
  });
});
