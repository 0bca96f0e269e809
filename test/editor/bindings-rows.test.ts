import { describe, expect, it } from 'vitest';
import type { Binding } from '../../server/contract/binding.ts';
import { bindingGroups, groupsWithGaps } from '../../editor/bindings/rows.ts';

const CATALOGUE = [
  { name: 'SQL task', subtypes: ['Compliant', 'Must improve'] },
  { name: 'Data import', subtypes: ['Fast mode'] },
  { name: 'Release', subtypes: [] },
];
const bound = (taskType: string, taskSubtype: string | null, mappingName = 'M'): Binding => ({
  ...{ id: `${taskType}/${taskSubtype ?? ''}`, taskType, taskSubtype, mappingId: 'm', mappingName },
  ...{ channelId: 'c', channelName: 'C', publishedVersion: 1, createdAt: '', updatedAt: '' },
});
const shown = (bindings: Binding[]): string[] =>
  bindingGroups(CATALOGUE, bindings).flatMap(({ type, subtypes }) =>
    [type, ...subtypes].map((row) => {
      const to = row.own?.mappingName ?? (row.inherited && `(${row.inherited.mappingName})`) ?? '-';
      return `${row.taskSubtype ?? row.taskType} ${to}${row.isGap ? ' gap' : ''}${row.isSuggested ? '' : ' own text'}`;
    }),
  );

describe('the table of bindings', () => {
  it('shows every type and subtype of the catalogue, where each leads, and the gaps', () => {
    expect(shown([bound('SQL task', null, 'General'), bound('SQL task', 'Must improve', 'Strict')])).toEqual([
      ...['SQL task General', 'Compliant (General)', 'Must improve Strict'],
      ...['Data import - gap', 'Fast mode - gap', 'Release - gap'],
    ]);
  });

  it('shows what was bound as free text after the catalogue, compared letter by letter', () => {
    const rows = shown([bound('sql task', null), bound('SQL task', 'compliant'), bound('Zoo', 'Lion')]);
    expect(rows).toEqual([
      ...['SQL task - gap', 'Compliant - gap', 'Must improve - gap', 'compliant M own text'],
      ...['Data import - gap', 'Fast mode - gap', 'Release - gap'],
      ...['sql task M own text', 'Zoo - gap own text', 'Lion M own text'],
    ]);
  });

  it('counts a type without a mapping only for what would meet it', () => {
    const gapsOf = (bindings: Binding[]): number[] =>
      bindingGroups(CATALOGUE, bindings).map(({ gaps }) => gaps);
    expect(gapsOf([])).toEqual([2, 1, 1]);
    expect(gapsOf([bound('Data import', 'Fast mode'), bound('Release', null)])).toEqual([2, 0, 0]);
    const groups = groupsWithGaps(
      bindingGroups(CATALOGUE, [bound('SQL task', null), bound('Release', null)]),
    );
    expect(groups.map(({ type }) => type.taskType)).toEqual(['Data import']);
  });
});
