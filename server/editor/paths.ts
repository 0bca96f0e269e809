import { join } from 'node:path';

/** The project's root. */
export const ROOT = join(import.meta.dirname, '../..');

/** Where the built editor lies. Never half there: a build is made beside it and takes its name at the end. */
export const BUILT = join(ROOT, 'editor/dist');

/** Beside the built files: what they were made of. Not to be served. */
export const MADE_OF = 'made-of.json';
