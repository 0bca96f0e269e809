import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Koa from 'koa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressFiles } from '../../server/editor/compress.ts';
import { openEditor } from '../../server/editor/editor.ts';
import { listFiles } from '../../server/editor/files.ts';
import { serveEditor } from '../../server/editor/serve.ts';
import type { EditorState } from '../../server/editor/serve.ts';
import { fingerprint } from '../../server/editor/sources.ts';
import { createLog } from '../../server/log.ts';

const SCRIPT = `console.log('${'a long script. '.repeat(500)}');`;
const HTML = { accept: 'text/html,application/xhtml+xml' };

describe('the editor over HTTP', () => {
  let folder = '';
  let url = '';
  let ready: EditorState = { state: 'missing' };
  let state: EditorState = ready;
  let isSignedIn = true;
  const app = new Koa();
  const server = createServer();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-editor-'));
    await mkdir(join(folder, 'dist/assets'), { recursive: true });
    const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
    await write('secret.txt', 'not to be had');
    await write('dist/index.html', '<!doctype html><title>Editor</title>');
    await write('dist/made-of.json', '{"fingerprint":"x"}');
    await write('dist/assets/index-abc.js', SCRIPT);
    await write('dist/assets/tiny-abc.css', 'a{}');
    await compressFiles(join(folder, 'dist'));
    const files = await listFiles(join(folder, 'dist'));
    if (files === undefined) throw new Error('The built editor is not seen.');
    ready = { state: 'ready', files };
    app.use(
      serveEditor({
        state: () => Promise.resolve(state),
        isSignedIn: () => Promise.resolve(isSignedIn),
        https: true,
      }),
    );
    const answer = app.callback();
    server.on('request', (request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(url + path, { method, headers, redirect: 'manual' });

  it('shows its page at every address of a page, and asks for it anew each time', async () => {
    [state, isSignedIn] = [ready, true];
    for (const path of ['/', '/mappings/1?stage=create', '/tasks/T%2F1', '/settings/users']) {
      const reply = await get(path);
      expect([reply.status, await reply.text()], path).toEqual([
        200,
        expect.stringContaining('<title>Editor'),
      ]);
      expect(reply.headers.get('cache-control')).toBe('no-cache');
      expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
    // The editor says itself that there is no such page; programs hear it.
    expect(await (await get('/nothing/here', HTML)).text()).toContain('<title>Editor');
    expect((await get('/nothing/here')).status).toBe(404);
  });

  it('lets scripts come from the hub alone, and evaluates nothing', async () => {
    const policy = (await get('/')).headers.get('content-security-policy')?.split(';') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining([
        ...["default-src 'none'", "script-src 'self'", "worker-src 'self'", "connect-src 'self'"],
        ...["frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"],
      ]),
    );
    expect(policy.join('\n')).not.toMatch(/unsafe-eval|script-src.*unsafe-inline|https?:/);
    // A worker goes by the policy of its own file.
    expect((await get('/assets/index-abc.js')).headers.get('content-security-policy')).toContain(
      "script-src 'self'",
    );
  });

  it('sends files compressed as the browser likes it, to be kept for ever', async () => {
    const plain = await get('/assets/index-abc.js', { 'accept-encoding': 'identity' });
    expect(await plain.text()).toBe(SCRIPT);
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const small = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' });
    expect(small.headers.get('content-encoding')).toBe('br');
    expect(small.headers.get('content-type')).toMatch(/javascript/);
    expect(small.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(Number(small.headers.get('content-length'))).toBeLessThan(SCRIPT.length / 4);
    expect(await small.text()).toBe(SCRIPT);
    expect(small.headers.get('etag')).not.toBe(plain.headers.get('etag'));
    const tiny = await get('/assets/tiny-abc.css', { 'accept-encoding': 'br' });
    expect(tiny.headers.get('content-encoding')).toBeNull();
    const head = await get('/assets/index-abc.js', { 'accept-encoding': 'br' }, 'HEAD');
    expect(head.headers.get('content-length')).toBe(small.headers.get('content-length'));
    // Without fetch, which asks caches to keep out of it.
    const again = await rawGet(url, '/assets/index-abc.js', [
      'accept-encoding: gzip, br',
      `if-none-match: ${small.headers.get('etag') ?? ''}`,
    ]);
    expect(again).toMatch(/^HTTP\/1.1 304 [^]*\r\n\r\n$/);
  });

  it('gives nothing but the built files', async () => {
    for (const path of [
      ...['/assets/../../secret.txt', '/assets/..%2f..%2fsecret.txt', '/..\\secret.txt', '/made-of.json'],
      ...['/assets/index-abc.js.br', '/assets/gone-abc.js', '/index.html%00', '//secret.txt'],
    ]) {
      const reply = await rawGet(url, path);
      expect(reply, path).toMatch(/^HTTP\/1.1 404 /);
      expect(reply).not.toContain('not to be had');
    }
  });

  it('leaves to others what is theirs', async () => {
    for (const path of ['/api/v1/tasks', '/callbacks/1', '/sign-in', '/simulator/x', '/healthz'])
      expect(await (await get(path, HTML)).text(), path).toBe('Not Found');
    expect((await get('/', {}, 'POST')).status).toBe(404);
  });

  it('sends whoever is not signed in to the sign-in page, and remembers the way', async () => {
    isSignedIn = false;
    const way = async (path: string): Promise<string | null> => (await get(path)).headers.get('location');
    expect(await way('/')).toBe('/sign-in');
    expect(await way('/tasks/T-1?tab=a&b=c')).toBe('/sign-in?next=%2Ftasks%2FT-1%3Ftab%3Da%26b%3Dc');
    // The files are no secret; the page that asks for them was shown to somebody.
    expect((await get('/assets/index-abc.js')).status).toBe(200);
    isSignedIn = true;
  });

  it.each<[EditorState, RegExp, RegExp]>([
    [{ state: 'building' }, /being built[^]*/, /http-equiv="refresh"/],
    [{ state: 'missing' }, /npm run build:editor/, /^(?![^]*http-equiv)/],
    [{ state: 'failed', why: 'Could not resolve <b>' }, /Could not resolve &lt;b&gt;/, /^(?![^]*http-equiv)/],
  ])('says in plain HTML why there is no editor: %o', async (now, words, refresh) => {
    state = now;
    const reply = await get('/mappings', { 'accept-language': 'en' });
    const text = await reply.text();
    expect(reply.status).toBe(503);
    expect(text).toMatch(words);
    expect(text).toMatch(refresh);
    expect(text).not.toContain('<script');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(await (await get('/', { 'accept-language': 'zh-CN' })).text()).toMatch(/lang="zh-CN"[^]*构建/);
  });
});

describe('the built editor', () => {
  it('is seen as soon as it is there, and again when it is replaced', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-built-'));
    try {
      const editor = openEditor({
        ...{ build: false, folder, say: () => undefined, log: createLog('silent') },
      });
      const put = async (script: string): Promise<string[]> => {
        await rm(join(folder, 'assets'), { recursive: true, force: true });
        await mkdir(join(folder, 'assets'));
        await writeFile(join(folder, 'index.html'), script);
        await writeFile(join(folder, 'assets', script), '');
        await writeFile(join(folder, 'made-of.json'), JSON.stringify({ fingerprint: script }));
        const state = await editor.state();
        return state.state === 'ready' ? [...state.files.keys()].toSorted() : [state.state];
      };
      expect(await editor.state()).toEqual({ state: 'missing' });
      expect(await put('a.js')).toEqual(['/assets/a.js', '/index.html']);
      expect(await put('b.js')).toEqual(['/assets/b.js', '/index.html']);
      await editor.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is known by the contents of its sources, and not by what was built of them', async () => {
    const root = await mkdtemp(join(tmpdir(), 'countersign-sources-'));
    try {
      for (const path of [
        'editor/app',
        'editor/dist/assets',
        'server/contract',
        'server/editor',
        'scripts/dingtalk',
      ])
        await mkdir(join(root, path), { recursive: true });
      const put = async (path: string, text: string): Promise<string> => {
        await writeFile(join(root, path), text);
        return fingerprint(root);
      };
      await writeFile(join(root, 'package-lock.json'), '{}');
      const first = await put('tsconfig.json', '{}');
      expect(await put('tsconfig.json', '{}')).toBe(first);
      expect(await put('editor/dist/assets/a.js', 'built')).toBe(first);
      expect(await put('scripts/dingtalk/create.js', 'by the API')).toBe(first);
      const seen = new Set([first]);
      for (const path of [
        'editor/app/a.ts',
        'server/contract/task.ts',
        'package-lock.json',
        'scripts/stage.d.ts',
      ])
        seen.add(await put(path, 'changed'));
      expect(seen.size).toBe(5);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});

/** Word for word: `fetch` would tidy the path up. */
function rawGet(url: string, path: string, headers: readonly string[] = []): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      const lines = [`GET ${path} HTTP/1.1`, `Host: ${hostname}`, 'Connection: close', ...headers];
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    socket.on('end', () => resolve(text)).on('error', reject);
  });
}
