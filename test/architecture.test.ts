import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { EDITOR_MODULES } from './architecture/editor-modules.ts';
import { root, sources, importsOf, moduleOf, wrongImports } from './architecture/imports.ts';
import { SERVER_MODULES } from './architecture/server-modules.ts';

/** A provider's name in shared code is a special case in the wrong place: only these folders may contain one. */
const PROVIDER_NAMES = /dingtalk|feishu|wecom/i;
const MAY_NAME_PROVIDERS = /^server\/(providers|simulator)\/(dingtalk|feishu|wecom)\//;

/** Tools that are run by hand and not part of the product. */
const TOOLS = /^server\/sandbox\/(build-vendor\.ts$|prelude\/)/;

describe('the folder structure', () => {
  it.each([
    ['server', SERVER_MODULES],
    ['editor', EDITOR_MODULES],
  ])('lists the modules of %s so that each imports only earlier ones', (_, modules) => {
    const order = ['contract', ...modules.map(({ name }) => name).filter((name) => name !== 'contract')];
    const later = modules.flatMap(({ name, from }) =>
      from
        .filter((other) => order.indexOf(other) >= order.indexOf(name))
        .map((other) => `${name} → ${other}`),
    );
    expect(later).toEqual([]);
    expect(modules.flatMap(({ from }) => from).filter((name) => !order.includes(name))).toEqual([]);
  });

  const files = sources('server').filter((file) => !TOOLS.test(file));
  const editorFiles = sources('editor').filter((file) => !/^editor\/dist/.test(file));

  it('has a module for every file', () => {
    expect(files.filter((file) => moduleOf(SERVER_MODULES, file) === undefined)).toEqual([]);
    expect(editorFiles.filter((file) => moduleOf(EDITOR_MODULES, file) === undefined)).toEqual([]);
  });

  it('imports only as the tables allow', () => {
    expect(wrongImports(files, SERVER_MODULES)).toEqual([]);
    expect(wrongImports(editorFiles, EDITOR_MODULES)).toEqual([]);
  });

  it('imports only types from the schemas into what every page loads, because zod is large', () => {
    const values = /^(import|export) (?!type\b)[^;]*?from '(zod|[./]+\/server\/contract\/[^']+)'/m;
    const first = editorFiles.filter((file) => /^editor\/(main|words|api|parts|app|tour)\b/.test(file));
    expect(first.filter((file) => values.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it('loads Vite only where the editor is built', () => {
    expect(files.filter((file) => importsOf(file).includes('vite'))).toEqual([
      'server/editor/build-program.ts',
    ]);
  });

  it('finds every import (checked against a real parser)', () => {
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

  it('imports isolated-vm in sandbox/isolate.ts only', () => {
    expect(files.filter((file) => importsOf(file).includes('isolated-vm'))).toEqual([
      'server/sandbox/isolate.ts',
    ]);
  });

  it('reads process.env in config.ts only', () => {
    const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')));
    // The builder is a separate program, and sets the variables that Vite reads.
    expect(readers).toEqual(['server/config.ts', 'server/editor/build-program.ts']);
  });

  it("keeps a provider's name within that provider's folders", () => {
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
