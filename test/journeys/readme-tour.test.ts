import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { serveSimulators } from '../../server/simulator/serve.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The commands of the README's tour, as printed: its `sh` blocks in order, the simulator's own first. */
function tour(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## Five minutes'), readme.indexOf('## Where to go on'));
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
}

function shell(script: string, folder: string): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-u', '-c', script], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
  });
}

it('works as the README prints it', { timeout: 90_000 }, async () => {
  const [start, ...rest] = tour();
  expect(start).toContain('npx countersign simulator');
  // A folder like the checkout, so that what the tour writes does not stay in it.
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tour-'));
  for (const name of ['docs', 'scripts']) symlinkSync(join(root, name), join(folder, name));
  const simulator = await serveSimulators({ port: 0 });
  try {
    const script = rest
      .join('\n')
      .replaceAll('http://127.0.0.1:8790', simulator.url)
      .replaceAll('npx countersign', `"${process.execPath}" "${join(root, 'server/countersign.js')}"`);
    const { code, out } = await shell(script, folder);
    expect(code, out).toBe(0);
    const said = [
      '"approvalInstanceId": "',
      '"status": "approved"',
      'ok, after 22:00',
      '"revoked": true',
      '"status": "revoked"',
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
    await simulator.close();
    rmSync(folder, { recursive: true });
  }
});
