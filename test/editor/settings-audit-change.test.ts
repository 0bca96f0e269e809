import { describe, expect, it } from 'vitest';
import { changedFields, nameIn, pageOfObject } from '../../editor/settings/audit-change.ts';

describe('a line of the audit record', () => {
  it('sets old and new side by side, what differs first', () => {
    const before = { name: 'Ops', appId: 'a', hosts: ['x'], gone: true };
    const after = { name: 'Ops', appId: 'b', hosts: ['x'], fresh: null };
    expect(changedFields(before, after)).toEqual([
      { field: 'appId', before: 'a', after: 'b', isChanged: true },
      { field: 'gone', before: 'true', after: undefined, isChanged: true },
      { field: 'fresh', before: undefined, after: 'null', isChanged: true },
      { field: 'name', before: 'Ops', after: 'Ops', isChanged: false },
      { field: 'hosts', before: '[\n  "x"\n]', after: '[\n  "x"\n]', isChanged: false },
    ]);
  });

  it('shows what is new or gone, what is no object whole, and nothing where nothing was recorded', () => {
    expect(changedFields(null, { a: 'b' })).toEqual([
      { field: 'a', before: undefined, after: 'b', isChanged: true },
    ]);
    expect(changedFields([1], null)).toEqual([
      { field: '', before: '[\n  1\n]', after: undefined, isChanged: true },
    ]);
    expect(changedFields(null, null)).toEqual([]);
    // A text is not taken for a list of letters, nor a prototype's name for a field.
    expect(changedFields('old', 'new')).toEqual([
      { field: '', before: 'old', after: 'new', isChanged: true },
    ]);
    expect(changedFields({ x: 1 }, JSON.parse('{"__proto__": 1, "x": 1}') as never)).toHaveLength(2);
  });

  it('leads to what it is about, unless that is gone or has no page', () => {
    const line = { objectType: 'task', objectId: 'T/1', action: 'retry' };
    expect(pageOfObject(line)).toBe('/tasks/T%2F1');
    expect(pageOfObject({ ...line, action: 'delete' })).toBeUndefined();
    expect(pageOfObject({ ...line, objectType: 'hub' })).toBeUndefined();
    expect(nameIn({ before: { name: 'Old' }, after: null })).toBe('Old');
    expect(nameIn({ before: null, after: { taskType: 'Release' } })).toBe('Release');
    expect(nameIn({ before: null, after: [] })).toBeUndefined();
  });
});
