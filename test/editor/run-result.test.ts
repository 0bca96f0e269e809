import { describe, expect, it } from 'vitest';
import { fittingLines, linesText } from '../../editor/parts/console-lines.ts';
import { barWidths, curlText, placeOf, prettyBody } from '../../editor/parts/http-trace-text.ts';
import { besideForm, sentBeside, sentFields } from '../../editor/parts/run-result-form.ts';
import type { RunCall } from '../../editor/parts/run-result-run.ts';

const words = { masked: 'masked!', cut: 'cut!' };
const message = (
  body: string,
  headers: Record<string, string> = {},
  truncated = false,
): RunCall['request'] => ({
  headers,
  body,
  bytes: body.length,
  truncated,
});
const call = (more: Partial<RunCall>): RunCall => ({
  method: 'POST',
  url: 'https://api.example/a',
  status: 200,
  durationMs: 5,
  request: message(''),
  response: message(''),
  ...more,
});

describe('a console', () => {
  const lines = (['log', 'warn', 'error'] as const).map((level) => ({
    ...{ level, message: `Row of ${level}`, at: '2026-11-22T12:00:00.000Z' },
  }));
  const levels = (...given: [Parameters<typeof fittingLines>[1], string]): string[] =>
    fittingLines(lines, ...given).map(({ level }) => level);

  it('is looked through by level and by text', () => {
    expect(levels('all', '')).toEqual(['log', 'warn', 'error']);
    expect(levels('warn', '')).toEqual(['warn', 'error']);
    expect(levels('all', ' ROW of w')).toEqual(['warn']);
    expect(levels('error', 'warn')).toEqual([]);
  });

  it('is copied with the time and the level of each line', () => {
    expect(linesText(lines.slice(0, 1))).toBe('2026-11-22T12:00:00.000Z log Row of log');
  });
});

describe('a call as a curl command', () => {
  it('can be pasted into a shell, whatever stands in it', () => {
    const request = message(`{"a":"it's"}`, { 'content-type': 'application/json', 'content-length': '12' });
    expect(curlText(call({ request }), words)).toBe(
      [
        `curl -X POST 'https://api.example/a' \\`,
        `  -H 'content-type: application/json' \\`,
        `  --data-raw '{"a":"it'\\''s"}'`,
      ].join('\n'),
    );
  });

  it('goes where the call went, and says what it lacks', () => {
    const given = call({
      method: 'GET',
      sentTo: 'http://127.0.0.1:8787/simulator/a?token=••••',
      request: message('x', {}, true),
    });
    expect(curlText(given, words)).toBe(
      `# masked!\n# cut!\ncurl 'http://127.0.0.1:8787/simulator/a?token=••••' \\\n  --data-raw 'x'`,
    );
  });
});

describe('a call in a list', () => {
  it('is told by host and path, its mask left as it is', () => {
    expect(placeOf('https://api.example:8443/a?b=••••')).toEqual({
      host: 'api.example:8443',
      path: '/a?b=••••',
    });
    expect(placeOf('https://api.example')).toEqual({ host: 'api.example', path: '/' });
    expect(placeOf('nonsense')).toEqual({ host: '', path: 'nonsense' });
  });

  it('has a bar beside the longest, and one even when it took no time', () => {
    expect(barWidths([200, 50, 0])).toEqual([100, 25, 2]);
    expect(barWidths([])).toEqual([]);
    expect(barWidths([0])).toEqual([2]);
  });
});

describe('a body', () => {
  it('is spread over lines without a number being changed', () => {
    expect(prettyBody('{"id":12345678901234567890,"a":[1,{}],"b":[],"c":"x, {y}: \\"z\\""}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "a": [\n    1,\n    {}\n  ],\n  "b": [],\n  "c": "x, {y}: \\"z\\""\n}',
    );
  });

  it.each(['{"cut":', 'a=b&c=d', '<html>{}</html>', ''])('that is no JSON stays: %j', (body) => {
    expect(prettyBody(body)).toBe(body);
  });
});

const form = [
  { name: 'Task ID', type: 'TextField', required: true },
  { name: 'Reason', type: 'TextareaField', required: true },
  { name: 'Remarks', type: 'TextareaField', required: false },
  { name: 'Kind', type: 'DDSelectField', required: false, options: ['A', 'B'] },
  { name: '["Start","End"]', type: 'DDDateRangeField', required: false },
];
const list = [
  { name: 'Task ID', value: 'T-1' },
  { name: 'Reasn', value: 'slow' },
  { name: 'Kind', value: 'C' },
  { name: '["Start", "End"]', value: '["2026-01-01","2026-01-02"]' },
];

describe('the form of a create call', () => {
  it('is found wherever a provider wants it', () => {
    expect(sentFields({ processCode: 'P', deptId: -1, formComponentValues: list })).toEqual(list);
    expect(sentFields({ form: JSON.stringify([{ id: 'widget1', type: 'input', value: 'T-1' }]) })).toEqual([
      { name: 'widget1', value: 'T-1' },
    ]);
    expect(
      sentFields({ apply_data: { contents: [{ control: 'Text', id: 'Text-1', value: { text: 'x' } }] } }),
    ).toEqual([{ name: 'Text-1', value: '{"text":"x"}' }]);
    expect(sentFields('form=1')).toBeUndefined();
    expect(sentFields({ form: '[broken' })).toBeUndefined();
  });

  it('stands apart from what else is sent', () => {
    expect(sentBeside({ processCode: 'P', deptId: -1, formComponentValues: list })).toEqual([
      { name: 'processCode', value: 'P' },
      { name: 'deptId', value: '-1' },
    ]);
  });

  it('is held against the provider’s, field by field', () => {
    const rows = besideForm(form, list);
    expect(rows.map(({ name, value, state }) => [name, value, state])).toEqual([
      ['Task ID', 'T-1', 'filled'],
      ['Reason', '', 'missing'],
      ['Remarks', '', 'empty'],
      ['Kind', 'C', 'notOffered'],
      ['["Start","End"]', '["2026-01-01","2026-01-02"]', 'filled'],
      ['Reasn', 'slow', 'unknown'],
    ]);
  });

  it('takes several options at once, and anything while the form is not known', () => {
    expect(besideForm(form, [{ name: 'Kind', value: '["A","B"]' }])[3]).toMatchObject({ state: 'filled' });
    expect(besideForm(undefined, list).every(({ state }) => state === 'filled')).toBe(true);
  });
});
