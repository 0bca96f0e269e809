import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { startHub } from '../../server/hub.ts';
import { createLog } from '../../server/log.ts';
import { DATABASES, usePostgres } from '../support/databases.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The commands of the README's tour, as printed: its `sh` blocks in order. */
function tour(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const section = readme.slice(
    readme.indexOf('## Tour from the terminal'),
    readme.indexOf('## Documentation'),
  );
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
}

function shell(
  script: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-u', '-c', script], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
  });
}

/** What the README sets for PostgreSQL. */
const onDatabase = (url: string | undefined): Record<string, string> =>
  url === undefined ? {} : { DATABASE_URL: url, SECRET_KEY: 'x'.repeat(32), SIMULATOR: 'on' };

// Side by side: most of it is waiting, a revoke's 15 seconds above all.
describe.concurrent.each(DATABASES)('the tour of the README, on %s', (kind) => {
  const database = kind === 'postgres' ? usePostgres({ empty: true }) : undefined;

  it('works as printed', { timeout: 120_000 }, async () => {
    // A folder like the checkout, so that what the tour writes does not stay in it.
    const folder = mkdtempSync(join(tmpdir(), 'countersign-tour-'));
    for (const name of ['docs', 'scripts']) symlinkSync(join(root, name), join(folder, name));
    const env = { DATA_DIR: join(folder, 'data'), PORT: '0', ...onDatabase(database?.().url) };
    const hub = await startHub({ config: readConfig(env), log: createLog('silent') });
    try {
      const script = tour()
        .join('\n')
        .replaceAll('http://127.0.0.1:8787', hub.url)
        .replaceAll('npx countersign', `"${process.execPath}" "${join(root, 'server/countersign.js')}"`);
      const { code, out } = await shell(script, folder, env);
      expect(code, out).toBe(0);
      const said = [
        '{"taskId":"T-1","status":"submitted"}',
        '"status":"approved"',
        'ok, after 22:00',
        '{"taskId":"T-2","status":"submitted"}',
        '"status":"revoked"',
      ];
      let from = 0;
      for (const words of said) {
        const at = out.indexOf(words, from);
        expect(at, `${words} after ${from} in:\n${out}`).toBeGreaterThan(-1);
        from = at;
      }
      expect(out).toMatch(
        /SCRIPT_ERROR \(line 1, column \d+\)[\s\S]*1 \| String summary[\s\S]*\^[\s\S]*exit code 1/,
      );
    } finally {
      await hub.close(5_000);
      rmSync(folder, { recursive: true });
    }
  });
});
