import { describe, expect, it } from 'vitest';
import { csvOf } from '../../editor/parts/csv.ts';

const columns = { id: (row: readonly string[]) => row[0], name: (row: readonly string[]) => row[1] };
const linesOf = (...rows: string[][]): string[] => csvOf(rows, columns).slice(1).split('\r\n').slice(0, -1);

describe('a list as a spreadsheet', () => {
  it('keeps commas, quotes and lines within their cell, and says that it is UTF-8', () => {
    expect(linesOf(['T-1', 'Add, "now"'], ['T-2', '数据导出'])).toEqual([
      ...['id,name', 'T-1,"Add, ""now"""', 'T-2,数据导出'],
    ]);
    expect(csvOf([['T-1', 'a\r\nb']], columns)).toBe('\uFEFFid,name\r\nT-1,"a\r\nb"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('never runs %j, which somebody wrote', (name) => {
    expect(linesOf(['T-1', name])[1]).toBe(`T-1,'${name}`);
  });
});
