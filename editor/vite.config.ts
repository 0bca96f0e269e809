import react from '@vitejs/plugin-react';
import { defineConfig, runnerImport } from 'vite';
import type { Plugin } from 'vite';

/** Where a hub for development listens; the editor's own server passes its paths on to it. `/api` alone would catch our folder. */
const HUB = 'http://127.0.0.1:8799';
const HUB_PATHS = ['/api/v1', '/sign-in', '/simulator', '/callbacks', '/healthz', '/readyz', '/metrics'];

/**
 * A page's texts stand in one file, both languages side by side, as whoever writes them wants it; whoever reads the page is sent one:
 * `words/index.ts?zh` is the Chinese of `words/index.ts`.
 */
const oneLanguage = (): Plugin => ({
  name: 'one-language',
  async load(id) {
    const [, file, language] = /^(.+\/words\/index\.ts)\?(en|zh)$/.exec(id) ?? [];
    if (file === undefined || language === undefined) return undefined;
    const { module, dependencies } = await runnerImport<{ resources: Record<string, unknown> }>(file);
    for (const each of dependencies) this.addWatchFile(each);
    return `export default ${JSON.stringify(module.resources[language])};`;
  },
});

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [oneLanguage(), react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Those that know light-dark(). For others it would be put into variables that follow a plain `color-scheme` only, while
    // Mantine's own comes from a variable: every colour of ours would be lost.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // TypeScript's worker has 7 MB, and is loaded where scripts are written only.
    chunkSizeWarningLimit: 8_000,
    // Inlined files would be data: URLs, which the Content-Security-Policy has for pictures and fonts only.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What every page starts with comes in one file: as dozens of small ones it took a browser twice as long.
        codeSplitting: { groups: [{ name: 'start', tags: ['$initial'], test: /\.(?:[cm]?[jt]sx?)$/ }] },
      },
    },
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(HUB_PATHS.map((path) => [path, { target: HUB }])),
  },
});
