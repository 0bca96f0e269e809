import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOMS } from './server-rooms.ts';
import type { Room } from './server-rooms.ts';

/** The top of the house, as a path. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The files of code in a folder of the house, as paths from its top. */
export function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** Every module a file names, in imports, re-exports and import(); type-only ones too, for they are ties as well. */
export function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:^|[;\n])\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]/g)].map(
    (match) => match[1],
  );
  const bare = [...text.matchAll(/(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);
  return [...found, ...bare, ...dynamic].filter((name) => name !== undefined);
}

/** The room of a file, in the table of its half of the house; the schemas stand in both. */
export const roomIn = (rooms: readonly Room[], file: string): Room | undefined =>
  [...rooms, ...ROOMS.slice(0, 1)].find(({ files }) => files.test(file));

/** Every import that a table does not allow, as `file → what it imports`. */
export function wrongImports(files: readonly string[], rooms: readonly Room[]): string[] {
  const wrong: string[] = [];
  for (const file of files) {
    const room = roomIn(rooms, file);
    for (const name of importsOf(file)) {
      if (name.startsWith('node:')) continue;
      if (name.startsWith('.')) {
        const path = name.replace(/\?\w+$/, '');
        const target = relative(root, join(root, dirname(file), path)).replaceAll('\\', '/');
        // The manifest holds the version; no room of its own.
        if (target === 'package.json') continue;
        const targetRoom = roomIn(rooms, target)?.room;
        if (targetRoom !== room?.room && !room?.from.includes(targetRoom ?? ''))
          wrong.push(`${file} → ${target}`);
      } else {
        const packageName = name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/');
        if (room?.packages.includes(packageName) !== true) wrong.push(`${file} → ${name}`);
      }
    }
  }
  return wrong;
}
