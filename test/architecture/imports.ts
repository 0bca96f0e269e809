import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_MODULES } from './server-modules.ts';
import type { Module } from './server-modules.ts';

/** The project's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The code files in a folder of the project, as paths from its root. */
export function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** Every specifier that a file imports, re-exports or passes to import(), type-only ones included. */
export function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:^|[;\n])\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]/g)].map(
    (match) => match[1],
  );
  const bare = [...text.matchAll(/(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);
  return [...found, ...bare, ...dynamic].filter((name) => name !== undefined);
}

/** The module that a file belongs to; `contract` belongs to both tables. */
export const moduleOf = (modules: readonly Module[], file: string): Module | undefined =>
  [...modules, ...SERVER_MODULES.slice(0, 1)].find(({ files }) => files.test(file));

/** The imports that the table does not allow, as `file → imported`. */
export function wrongImports(files: readonly string[], modules: readonly Module[]): string[] {
  const wrong: string[] = [];
  for (const file of files) {
    const module = moduleOf(modules, file);
    for (const name of importsOf(file)) {
      if (name.startsWith('node:')) continue;
      if (name.startsWith('.')) {
        const path = name.replace(/\?\w+$/, '');
        const target = relative(root, join(root, dirname(file), path)).replaceAll('\\', '/');
        // It holds the version, and belongs to no module.
        if (target === 'package.json') continue;
        const targetModule = moduleOf(modules, target)?.name;
        if (targetModule !== module?.name && !module?.from.includes(targetModule ?? ''))
          wrong.push(`${file} → ${target}`);
      } else {
        const packageName = name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/');
        if (module?.packages.includes(packageName) !== true) wrong.push(`${file} → ${name}`);
      }
    }
  }
  return wrong;
}
