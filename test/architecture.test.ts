import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { EDITOR_ROOMS } from './architecture/editor-rooms.ts';
import { root, sources, importsOf, roomIn, wrongImports } from './architecture/imports.ts';
import { ROOMS } from './architecture/server-rooms.ts';

/** Rooms whose own files alone may say it: a provider's name in shared code is a special case in the wrong place. */
const PROVIDER_NAMES = /dingtalk|feishu|wecom/i;
const MAY_NAME_PROVIDERS = /^server\/(providers|simulator)\/(dingtalk|feishu|wecom)\//;

/** Tools that are run by hand and are no part of the product. */
const TOOLS = /^server\/sandbox\/(build-vendor\.ts$|prelude\/)/;

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
