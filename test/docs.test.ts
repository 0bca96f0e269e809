import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sources } from './architecture/imports.ts';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What a reader of the repository reads. */
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );

describe('the docs', () => {
  it.each(PAGES)('have only links that lead somewhere: %s', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
    const broken = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it.each(PAGES)('name only files that exist: %s', (page) => {
    const named = [...read(page).matchAll(/`((?:server|editor|scripts|test|bench|docs|\.ci)\/[\w./-]+)`/g)];
    const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('have every page and section that a comment in the code refers to', () => {
    const files = ['server', 'editor', 'scripts', 'bench', 'test'].flatMap(sources);
    const sections = new Set(
      [...read('docs/protocols/dingtalk.md').matchAll(/^## (\d+)\./gm)].map(([, n]) => n),
    );
    const missing = files
      .filter((file) => !file.startsWith('editor/dist'))
      .flatMap((file) => {
        const text = read(file);
        const pages = [...text.matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([path]) => path);
        const cited = [...text.matchAll(/protocols\/dingtalk\.md((?:,? §\d+)+)/g)].flatMap(([, list = '']) =>
          [...list.matchAll(/§(\d+)/g)].map(([, n]) => n),
        );
        return [
          ...pages.filter((path) => !existsSync(join(root, path))).map((path) => `${file}: ${path}`),
          ...cited.filter((n) => !sections.has(n)).map((n) => `${file}: §${String(n)}`),
        ];
      });
    expect(missing).toEqual([]);
  });
});
