import type { Room } from './server-rooms.ts';

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
export const EDITOR_ROOMS: readonly Room[] = [
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
