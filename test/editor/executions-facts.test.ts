import { describe, expect, it } from 'vitest';
import { durationText } from '../../editor/executions/amounts.ts';
import { readInput } from '../../editor/executions/run-input.ts';
import { placeOfScript } from '../../editor/executions/script-place.ts';

describe('the script of a run', () => {
  const ran = { mappingId: 'm', stage: 'create', version: 3 };
  const now = (publishedVersion: number, changedStages: string[] = []) => ({
    ...{ publishedVersion, changedStages },
  });
  it('is shown at its line while it is the draft or the published version', () => {
    expect(placeOfScript({ ...ran, version: null }, now(4), 12)).toEqual({
      ...{ kind: 'line', to: '/mappings/m?stage=create&line=12' },
    });
    expect(placeOfScript(ran, now(3))).toEqual({ kind: 'line', to: '/mappings/m?stage=create' });
  });
  it('is compared when another version has been published since, or the draft has another text', () => {
    const compared = { kind: 'compare', to: '/mappings/m/compare?from=3&to=draft&stage=create&line=12' };
    expect(placeOfScript(ran, now(4), 12)).toEqual(compared);
    expect(placeOfScript(ran, now(3, ['create']), 12)).toEqual(compared);
    expect(placeOfScript(ran, now(3, ['sync']), 12)).toMatchObject({ kind: 'line' });
  });
  it('is nowhere for the hub’s own questions, a deleted mapping, or before it is known', () => {
    expect(placeOfScript({ ...ran, stage: 'find' }, now(3))).toBeUndefined();
    expect(placeOfScript({ ...ran, mappingId: null }, now(3))).toBeUndefined();
    expect(placeOfScript(ran, undefined)).toBeUndefined();
  });
});

describe('the input of a run', () => {
  it('has the variables that were given apart from the rest', () => {
    const event = { type: 'finish' };
    expect(readInput({ variables: { A: 'x', B: '' }, event, revokeReason: '', eventType: 't' })).toEqual({
      variables: [{ name: 'A', value: 'x' }],
      empty: 1,
      others: [
        { name: 'event', value: event },
        { name: 'eventType', value: 't' },
      ],
    });
  });
  it('may be anything', () => {
    expect(readInput(null)).toEqual({ variables: [], empty: 0, others: [] });
    expect(readInput('x').others).toEqual([{ name: 'input', value: 'x' }]);
  });
});

it('durations are told as people read them', () => {
  expect([0.2, 81.4, 1_240, 20_300].map(durationText)).toEqual(['<1 ms', '81 ms', '1.2 s', '20 s']);
});
