import { describe, expect, it } from 'vitest';
import { noteWith, stateOf } from '../../editor/mappings/stage-state.ts';

const facts = {
  text: 'text',
  saved: { source: 'text', etag: 'e1' },
  standard: 'standard',
  lastTest: undefined,
  testedHere: undefined,
};
const test = { executionId: 'x', ok: true, at: '2026-01-01T00:00:00Z', etag: 'e1', recorded: false };

describe('the state of a stage', () => {
  it('is that of the last test of this very text', () => {
    expect(stateOf(facts)).toBe('untested');
    expect(stateOf({ ...facts, lastTest: test })).toBe('passed');
    expect(stateOf({ ...facts, lastTest: { ...test, ok: false } })).toBe('failing');
    expect(stateOf({ ...facts, lastTest: { ...test, etag: 'e0' } })).toBe('untested');
    expect(stateOf({ ...facts, text: 'changed', lastTest: test })).toBe('untested');
    expect(stateOf({ ...facts, text: 'changed', testedHere: { text: 'changed', ok: true } })).toBe('passed');
    expect(stateOf({ ...facts, testedHere: { text: 'text', ok: false }, lastTest: test })).toBe('failing');
  });

  it("is the provider's own while nobody changed or tested it", () => {
    expect(stateOf({ ...facts, standard: 'text' })).toBe('default');
    expect(stateOf({ ...facts, standard: 'text', lastTest: { ...test, ok: false } })).toBe('failing');
    // Shown to who may not edit.
    const [masked, standard] = ["put('appSecret', '••')", "put('appSecret', 'ab')"];
    expect(stateOf({ ...facts, text: masked, standard })).toBe('default');
    expect(stateOf({ ...facts, text: masked, standard: standard.replace('put', 'get') })).toBe('untested');
  });
});

describe("a version's note", () => {
  it('keeps what was doubtful, within what the hub takes', () => {
    expect(noteWith(' Adds the reason ', [])).toBe('Adds the reason');
    expect(noteWith('', ['untested: sync'])).toBe('⚠ untested: sync');
    expect(noteWith('Note', ['untested: sync', 'failing: create'])).toBe(
      'Note\n⚠ untested: sync · failing: create',
    );
    const long = noteWith('x'.repeat(3_000), ['failing: create']);
    expect(long).toHaveLength(2_000);
    expect(long).toMatch(/x\n⚠ failing: create$/);
  });
});
