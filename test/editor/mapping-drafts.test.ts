import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../editor/api/api-error.ts';
import { createDraftKeep } from '../../editor/mappings/draft-keep.ts';
import type { DraftKeep } from '../../editor/mappings/draft-keep.ts';
import { AGAIN_MS, createDrafts, KEEP_MS, PAUSE_MS } from '../../editor/mappings/drafts.ts';
import type { Drafts } from '../../editor/mappings/drafts.ts';
import { byStage } from '../../editor/mappings/stages.ts';
import type { Stage } from '../../editor/mappings/stages.ts';
import type { HubDraft, SavedDraft } from '../../editor/mappings/types.ts';

let clock = 0;
const at = (): string => new Date(Date.UTC(2026, 0, 1) + (clock += 1_000)).toISOString();
const draft = (source: string, updatedBy = 'me'): HubDraft => ({
  ...{ source, etag: `etag of ${source}`, updatedAt: at(), updatedBy },
});

/** The hub's drafts of one mapping, for several pages. */
function makeHub() {
  let drafts = byStage((stage) => draft(`old ${stage}`));
  let isAway = false;
  const put = vi.fn((stage: Stage, source: string, etag: string): Promise<SavedDraft> => {
    if (isAway) return Promise.reject(new ApiError('away', { status: 0, code: 'OFFLINE' }));
    const now = drafts[stage];
    if (now.source !== source && now.etag !== etag)
      return Promise.reject(
        new ApiError('saved since', { status: 412, code: 'EDIT_CONFLICT', body: { stage, ...now } }),
      );
    if (now.source !== source) drafts = { ...drafts, [stage]: draft(source) };
    return Promise.resolve({ ...drafts[stage], diagnostics: [] });
  });
  return {
    put,
    drafts: () => drafts,
    goAway: (away: boolean) => (isAway = away),
    somebodySaves: (stage: Stage, source: string) => (drafts = { ...drafts, [stage]: draft(source, 'Li') }),
  };
}

/** Its entries are its own enumerable members, as a browser's are. */
function makeStorage(most = Infinity): Storage {
  const storage: Record<string, unknown> = {};
  const hidden = (value: unknown) => ({ value, enumerable: false });
  return Object.defineProperties(storage, {
    getItem: hidden((key: string) => storage[key] ?? null),
    removeItem: hidden((key: string) => Reflect.deleteProperty(storage, key)),
    setItem: hidden((key: string, value: string) => {
      if (value.length > most) throw new DOMException('full', 'QuotaExceededError');
      storage[key] = value;
    }),
  }) as unknown as Storage;
}

describe('the drafts of a page', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  let hub = makeHub();
  let storage = makeStorage();
  beforeEach(() => {
    hub = makeHub();
    storage = makeStorage();
  });
  const keepOf = (page: string, others: string[] = []): DraftKeep =>
    createDraftKeep(storage, { mappingId: 'm', page, others: new Set(others) });
  const open = (keep = keepOf('p'), mayEdit = true): Drafts => {
    const drafts = createDrafts({ put: hub.put, keep, mayEdit }, hub.drafts());
    drafts.open();
    return drafts;
  };

  it('keeps every keystroke in the browser at once, and in the hub after a pause', async () => {
    const drafts = open();
    drafts.type('create', 'new');
    await vi.advanceTimersByTimeAsync(KEEP_MS);
    expect(Object.values(storage).join()).toContain('"text":"new"');
    expect(hub.put).not.toHaveBeenCalled();
    drafts.type('create', 'newer');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(hub.drafts().create.source).toBe('newer');
    expect(Object.keys(storage)).toEqual([]);
    expect(drafts.all().create).toMatchObject({ text: 'newer', base: { source: 'newer' }, diagnostics: [] });
    drafts.type('create', 'newest');
    drafts.flush();
    expect(Object.values(storage).join()).toContain('newest');
  });

  it('brings an unsaved text back after a reload, and saves it', async () => {
    const before = open();
    before.type('create', 'not lost');
    before.close();
    const drafts = open();
    expect(drafts.all().create).toMatchObject({
      text: 'not lost',
      broughtBack: expect.any(String) as string,
    });
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(hub.drafts().create.source).toBe('not lost');
  });

  it('leaves the text of a page that is open to that page, and takes that of one that is gone', () => {
    const other = open(keepOf('other'));
    other.type('create', 'of the other page');
    other.flush();
    expect(open(keepOf('p', ['other'])).all().create.text).toBe('old create');
    other.close();
    expect(open(keepOf('p')).all().create.text).toBe('of the other page');
    expect(Object.keys(storage)).toEqual(['countersign.draft.m.create.p']);
  });

  it('tries again while the hub is away', async () => {
    const drafts = open();
    hub.goAway(true);
    drafts.type('sync', 'patient');
    expect(await drafts.save('sync')).toBe(false);
    expect(drafts.all().sync).toMatchObject({ trouble: { code: 'OFFLINE' }, isKept: true });
    hub.goAway(false);
    await vi.advanceTimersByTimeAsync(AGAIN_MS);
    expect(hub.drafts().sync.source).toBe('patient');
    expect(drafts.all().sync.trouble).toBeUndefined();
  });

  it('overwrites nobody: who saved meanwhile is told of, and both texts stay until somebody decides', async () => {
    const drafts = open();
    drafts.type('create', 'mine');
    hub.somebodySaves('create', 'theirs');
    expect(await drafts.save('create')).toBe(false);
    expect(drafts.all().create).toMatchObject({
      ...{ text: 'mine', base: { source: 'old create' }, theirs: { source: 'theirs', updatedBy: 'Li' } },
    });
    drafts.type('create', 'mine too');
    await vi.advanceTimersByTimeAsync(2 * PAUSE_MS);
    expect(hub.drafts().create.source).toBe('theirs');
    drafts.settle('create', 'both');
    await vi.advanceTimersByTimeAsync(0);
    expect(hub.drafts().create.source).toBe('both');
    expect(drafts.all().create).toMatchObject({ text: 'both', theirs: undefined });
  });

  it('says so when somebody saves again while a merge is decided', async () => {
    const drafts = open();
    drafts.type('create', 'mine');
    hub.somebodySaves('create', 'theirs');
    drafts.hear(hub.drafts());
    hub.somebodySaves('create', 'theirs again');
    drafts.settle('create', 'merged');
    await vi.advanceTimersByTimeAsync(0);
    expect(hub.drafts().create.source).toBe('theirs again');
    expect(drafts.all().create).toMatchObject({ text: 'merged', theirs: { source: 'theirs again' } });
  });

  it('keeps the text that was given up for theirs within reach', () => {
    const drafts = open();
    drafts.type('create', 'mine');
    hub.somebodySaves('create', 'theirs');
    drafts.hear(hub.drafts());
    drafts.settle('create', 'theirs');
    expect(drafts.all().create).toMatchObject({ text: 'theirs', setAside: 'mine' });
  });

  it('follows the hub where nothing was typed, and does not believe late news', async () => {
    const drafts = open();
    const before = hub.drafts();
    hub.somebodySaves('token', 'theirs');
    drafts.hear(hub.drafts());
    expect(drafts.all().token.text).toBe('theirs');
    drafts.type('create', 'mine');
    await drafts.save('create');
    drafts.hear(before);
    expect(drafts.all().create).toMatchObject({ text: 'mine', base: { source: 'mine' } });
    expect(drafts.all().token.text).toBe('theirs');
  });

  it('takes its own save for its own although the news of it is quicker than the answer', async () => {
    const drafts = open();
    drafts.type('create', 'mine');
    const saving = drafts.save('create');
    await Promise.resolve();
    await Promise.resolve();
    drafts.type('create', 'mine and more');
    drafts.hear(hub.drafts());
    expect(drafts.all().create.theirs).toBeUndefined();
    await saving;
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(hub.drafts().create.source).toBe('mine and more');
  });

  it('tells of a merge after a reload, when the hub went on meanwhile', () => {
    const before = open();
    before.type('create', 'mine');
    before.close();
    hub.somebodySaves('create', 'theirs');
    expect(open().all().create).toMatchObject({
      ...{ text: 'mine', base: { source: 'old create' }, theirs: { source: 'theirs' } },
    });
  });

  it('says when the browser keeps nothing', async () => {
    storage = makeStorage(10);
    hub.goAway(true);
    const drafts = open();
    drafts.type('create', 'somewhere');
    await vi.advanceTimersByTimeAsync(KEEP_MS);
    expect(drafts.all().create.isKept).toBe(false);
  });

  it('asks for remarks on a saved text once, and changes nothing for who may only read', async () => {
    const drafts = open();
    await drafts.save('token');
    await drafts.save('token');
    expect(hub.put).toHaveBeenCalledTimes(1);
    const reader = open(keepOf('reader'), false);
    reader.type('create', 'x');
    expect(reader.all().create.text).toBe('old create');
    await reader.save('create');
    expect(hub.put).toHaveBeenCalledTimes(1);
  });
});
