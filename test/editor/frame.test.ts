import { describe, expect, it } from 'vitest';
import { isPressed, keyNames } from '../../editor/app/keys.ts';
import type { KeyPress } from '../../editor/app/keys.ts';
import { isWithin } from '../../editor/app/pages.ts';
import { distinct, findHits } from '../../editor/app/search-hits.ts';
import type { Hit } from '../../editor/app/search-hits.ts';
import { relativeTime } from '../../editor/parts/time.ts';
import { resources } from '../../editor/words/index.ts';
import { languageOf } from '../../editor/words/languages.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...more,
});

describe('keyboard shortcuts', () => {
  it.each<[string, KeyPress, boolean, boolean]>([
    ['Mod+S', press('s', { ctrlKey: true }), false, true],
    ['Mod+S', press('s', { metaKey: true }), true, true],
    ['Mod+S', press('s', { ctrlKey: true }), true, false],
    ['Mod+S', press('s'), false, false],
    ['Mod+S', press('S', { ctrlKey: true, shiftKey: true }), false, false],
    ['Mod+Enter', press('Enter', { ctrlKey: true, shiftKey: true }), false, false],
    ['Mod+Shift+Enter', press('Enter', { ctrlKey: true, shiftKey: true }), false, true],
    // A Mac types ¡ with Option and 1.
    ['Alt+1', press('¡', { code: 'Digit1', altKey: true }), true, true],
    ['Alt+Z', press('Ω', { code: 'KeyZ', altKey: true }), true, true],
    // A French keyboard has Z where others have W.
    ['Alt+Z', press('w', { code: 'KeyZ', altKey: true }), false, false],
    // ? is Shift and / on one keyboard, Shift and ß on another, and a key of its own elsewhere.
    ['?', press('?', { shiftKey: true }), false, true],
    ['?', press('?'), false, true],
    ['/', press('/', { ctrlKey: true }), false, false],
  ])('%s and %o (Mac: %s): %s', (keys, pressed, mac, is) => {
    expect(isPressed(keys, pressed, mac)).toBe(is);
  });

  it('are called as the keys of the machine are', () => {
    expect(keyNames('Mod+Shift+Enter', false)).toEqual(['Ctrl', 'Shift', 'Enter']);
    expect(keyNames('Mod+Shift+Enter', true)).toEqual(['⌘', '⇧', '↵']);
  });
});

describe('the search', () => {
  const hit = (kind: Hit['kind'], name: string, detail?: string): Hit => ({
    ...{ kind, name, path: `/${kind}/${name}` },
    ...(detail !== undefined && { detail }),
  });
  const all = [
    hit('page', 'Tasks'),
    hit('page', 'Mappings'),
    hit('mapping', 'Export of tables', 'PROC-TASK'),
    hit('mapping', 'My tasks', 'PROC-1'),
    hit('channel', 'Fantasks'),
  ];

  it('shows what fits best first', () => {
    expect(findHits(' TASK', all).map(({ name }) => name)).toEqual([
      ...['Tasks', 'My tasks', 'Fantasks', 'Export of tables'],
    ]);
    expect(findHits('tasks', all)[0]?.name).toBe('Tasks');
    expect(findHits('zzz', all)).toEqual([]);
  });

  it('finds by the id that stands in an address, and shows each place once', () => {
    const byId = { ...hit('mapping', 'Changes'), path: '/mappings/0199-a' };
    expect(findHits('0199-A', [byId])).toEqual([byId]);
    const [tasks, mappings] = all;
    if (tasks === undefined || mappings === undefined) throw new Error('There are some.');
    expect(distinct([mappings, tasks, mappings])).toEqual([mappings, tasks]);
  });

  it('shows the pages before anything is typed', () => {
    expect(findHits('', all).map(({ kind }) => kind)).toEqual(['page', 'page']);
  });
});

describe('the navigation', () => {
  it('knows in which part a page is', () => {
    expect([isWithin('/tasks/T-1', '/tasks'), isWithin('/tasks', '/'), isWithin('/', '/')]).toEqual([
      ...[true, false, true],
    ]);
  });
});

describe('the languages', () => {
  it('are the first wish that is ours', () => {
    expect(languageOf(['zh-TW', 'en'])).toBe('zh');
    expect(languageOf(['', 'fr-FR', 'en-GB', 'zh'])).toBe('en');
    expect(languageOf(['fr'])).toBe('en');
  });

  it('have a text for the same keys, with the same values in it', () => {
    const texts = (tree: object, path = ''): [string, string][] =>
      Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
        typeof value === 'string' ? [[`${path}${key}`, value]] : texts(value as object, `${path}${key}.`),
      );
    const chinese = new Map(texts(resources.zh));
    const valuesIn = (text = ''): string[] =>
      [...new Set([...text.matchAll(/\{\{(\w+)/g)].map(([, name = '']) => name))].sort();
    const differing = texts(resources.en).filter(([key, text]) => {
      // A Chinese plural need not name the one.
      const isOne = key.endsWith('_one');
      return !isOne && valuesIn(text).join() !== valuesIn(chinese.get(key)).join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});

describe('times', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  it.each([
    [-3_000, 'now'],
    [-45_000, '45 seconds ago'],
    [-119_000, '1 minute ago'],
    [-3 * 3_600_000, '3 hours ago'],
    [26 * 3_600_000, 'tomorrow'],
    [-400 * 86_400_000, 'last year'],
  ])('%d ms away are %s', (away, words) => {
    expect(relativeTime(now + away, now, 'en')).toBe(words);
  });
});
