import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VENDOR_FILE, buildVendor } from '../../../server/sandbox/build-vendor.ts';

const FOLDER = new URL('../../../server/sandbox/prelude/', import.meta.url);

describe('the prelude’s files', () => {
  it('carry the libraries as `node server/sandbox/build-vendor.ts` makes them', async () => {
    expect(readFileSync(VENDOR_FILE, 'utf8')).toBe(await buildVendor());
  });

  it('are all in the order, each once, the bridge last', () => {
    const order = JSON.parse(readFileSync(new URL('order.json', FOLDER), 'utf8')) as string[];
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.js'));
    expect([...order].sort()).toEqual(files.sort());
    expect(order.at(-1)).toBe('bridge.js');
  });

  it('are ASCII: V8 then keeps one byte a character in every isolate', () => {
    for (const name of readdirSync(FOLDER).filter((each) => each.endsWith('.js'))) {
      expect(readFileSync(new URL(name, FOLDER), 'utf8'), name).toMatch(/^[\0-\x7f]*$/);
    }
  });
});
