import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openIsolates } from './isolates.ts';

const run = openIsolates();

/** What Java itself wrote, see java-format/Formats.java. */
const rows = readFileSync(new URL('java-format/expected.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [values: string, format: string, text: string]);

describe('String.format', () => {
  it('writes what Java writes, and refuses what Java refuses', async () => {
    const lines = rows.map(([values, format]) => `take(() => String.format(${format}, ...${values}));`);
    const { result } = await run(`
      const out = [];
      const take = (make) => { try { out.push(make()) } catch (error) { out.push(null); if (!(error instanceof TypeError)) throw error; } };
      ${lines.join('\n')}
      return out`);
    const made = rows.map(([values, format], index) => [
      values,
      format,
      JSON.stringify((result as unknown[])[index]),
    ]);
    expect(made).toEqual(rows);
  });

  it.each([
    ['"50% off"', '"% o" cannot have the flag " "; write %% for a percent sign'],
    ['"100%"', '"%" is no format; write %% for a percent sign'],
    ['"%s and %s", 1', '"%s" has no value: only 1 value is given after the format'],
    [
      '"%d rows", "12"',
      `"%d" needs a whole number, but value 1 is the text '12'; use %s, or Integer.parseInt(...)`,
    ],
    ['"%d", 1.5', '"%d" needs a whole number, but value 1 is the number 1.5; use %f or %s'],
    ['"%.2f", "1"', `"%.2f" needs a number, but value 1 is the text '1'; use %s, or Double.parseDouble(...)`],
    ['"%tY", 1', '"%t" is not a format that exists here'],
    ['"%99999d", 1', '"%99999d" is wider than 10000'],
  ])('tells the author what is wrong with (%s)', async (values, message) => {
    const { error } = await run(`return String.format(${values})`);
    expect(error?.message).toContain(`String.format: ${message}`);
  });

  it('writes objects as Java-flavoured scripts expect them', async () => {
    const { result } = await run(`
      return ['%s', '%s', '%s', '%s', '%s', '%s'].map((format, i) =>
        String.format(format, [new JSONObject().fluentPut('a', 1), Arrays.asList('x', 'y'), undefined, { b: [2] }, 10n, ['z']][i]))`);
    expect(result).toEqual(['{"a":1}', '[x, y]', 'null', '{"b":[2]}', '10', '["z"]']);
  });
});
