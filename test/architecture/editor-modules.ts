import type { Module } from './server-modules.ts';

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
 * The import table of the web application. Of the server it imports only the API's schemas (`contract`); only `script` imports Monaco
 * and the sandbox's declarations.
 */
export const EDITOR_MODULES: readonly Module[] = [
  { name: 'words', files: /^editor\/words\//, from: [], packages: ['i18next'] },
  {
    name: 'api',
    files: /^editor\/api\//,
    from: ['contract', 'words'],
    packages: ['react', 'react-i18next', '@tanstack/react-query'],
  },
  {
    name: 'parts',
    files: /^editor\/parts\//,
    from: ['contract', 'words', 'api'],
    packages: [...UI_AND_QUERY, '@mantine/notifications', 'zod'],
  },
  { name: 'script texts', files: /^scripts\//, from: [], packages: [] },
  {
    name: 'script',
    files: /^editor\/script\//,
    from: ['contract', 'words', 'parts', 'script texts'],
    packages: [...UI, 'i18next', 'monaco-editor', 'typescript', 'fastest-levenshtein'],
  },
  {
    name: 'lists',
    files: /^editor\/lists\//,
    from: ['contract', 'words', 'api', 'parts'],
    packages: UI_AND_QUERY,
  },
  // What only the frame and the entrance need of app/ stands at the end.
  {
    name: 'app',
    files: /^editor\/app\/(?!(editor|frame|routes)\.tsx$)/,
    from: ['contract', 'words', 'api', 'parts'],
    packages: UI_AND_QUERY,
  },
  { name: 'sample', files: /^editor\/sample\//, from: ['contract', 'words', 'api', 'parts'], packages: UI },
  {
    name: 'tour',
    files: /^editor\/tour\//,
    from: ['contract', 'words', 'api', 'parts', 'app', 'sample'],
    packages: UI_AND_QUERY,
  },
  ...(
    [
      ['settings', ['lists']],
      ['channels', ['settings']],
      ['bindings', []],
      ['executions', ['lists']],
      ['events', ['lists', 'executions']],
      ['tasks', ['lists', 'executions', 'events', 'sample']],
      ['mappings', ['script']],
      ['home', ['channels', 'sample', 'tour']],
    ] as const
  ).map(([name, more]) => ({
    name,
    files: new RegExp(`^editor/${name}/`),
    from: ['contract', 'words', 'api', 'parts', 'app', ...more],
    packages: UI_AND_QUERY,
  })),
  {
    name: 'entry',
    files: /^editor\/(main\.tsx|vite\.config\.ts|app\/(editor|frame|routes)\.tsx)$/,
    from: [
      ...['api', 'parts', 'app', 'tour', 'settings', 'channels', 'bindings', 'executions', 'events', 'tasks'],
      ...['mappings', 'home'],
    ],
    packages: [...UI_AND_QUERY, 'react-dom', 'vite', '@vitejs/plugin-react'],
  },
];
