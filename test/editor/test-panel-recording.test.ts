import { describe, expect, it } from 'vitest';
import { readJson } from '../../editor/mappings/test/json-text.ts';
import {
  readRecording,
  recordingFrom,
  unansweredCall,
  withAnswerTo,
} from '../../editor/mappings/test/recording-text.ts';
import type { RunCall } from '../../editor/parts/run-result-run.ts';

const message = (body: string, headers: Record<string, string> = {}): RunCall['request'] => ({
  headers,
  body,
  bytes: body.length,
  truncated: false,
});
const call = (url: string, body: string): RunCall => ({
  method: 'POST',
  url,
  status: 200,
  durationMs: 5,
  request: message('{"asked":true}'),
  response: message(body, {
    'content-type': 'application/json',
    'content-length': '9',
    'set-cookie': '••••',
  }),
});
const unanswered: RunCall = {
  ...call('https://api.example/b', ''),
  status: 0,
  response: null,
  error: { code: 'HTTP_ERROR', message: 'The recording has no answer' },
};

describe('a recording made of a trace', () => {
  it('holds the answers as the script will get them, with words in place of bullets', () => {
    const taken = recordingFrom([
      call('https://api.example/a?access_token=••••', '{"token":"••••","id":1}'),
      unanswered,
    ]);
    expect(taken).toMatchObject({ calls: 1, cut: 0, unanswered: 1 });
    const read = readRecording(taken.text);
    expect(read).toEqual({
      calls: [
        {
          method: 'POST',
          url: 'https://api.example/a?access_token=masked',
          status: 200,
          headers: { 'content-type': 'application/json', 'set-cookie': 'masked' },
          body: '{"token":"masked","id":1}',
        },
      ],
    });
  });

  it.each(['{"id":12345678901234567890}', '{ "spaced": 1 }', 'no JSON', '"a text"', '[1', ''])(
    'sends the very same body: %s',
    (body) => {
      expect(readRecording(recordingFrom([call('https://api.example/a', body)]).text)).toMatchObject({
        calls: [{ body }],
      });
    },
  );

  it('counts answers that the trace had cut', () => {
    const long = call('https://api.example/a', '{"a":');
    const cut = { ...long, response: { ...message('{"a":'), truncated: true } };
    expect(recordingFrom([cut])).toMatchObject({ calls: 1, cut: 1 });
  });
});

describe('a recording written by hand', () => {
  it('may be empty', () => {
    expect(readRecording('  ')).toEqual({ calls: [] });
  });

  it('is checked, each wrong place named', () => {
    expect(readRecording('[{"method": "GET", "url": "/a", "status": 200}]')).toEqual({
      issues: [{ path: '[0].url', message: 'must be a whole URL that starts with http:// or https://' }],
    });
  });

  it('gets an answer to the call that it lacks', () => {
    expect(unansweredCall([call('https://api.example/a', ''), unanswered])).toBe(unanswered);
    const text = withAnswerTo(withAnswerTo('', unanswered), { method: 'GET', url: 'https://api.example/c' });
    expect(readRecording(text)).toMatchObject({
      calls: [{ url: 'https://api.example/b', body: '{}' }, { method: 'GET' }],
    });
  });
});

describe('a JSON text', () => {
  it.each([
    ['', 1, 1, 'value', ''],
    ['{"a": 1,}', 1, 9, 'name', '}'],
    ['{"a": 1\n "b": 2}', 2, 2, 'comma', '"'],
    ['{\n  "a" 1\n}', 2, 7, 'colon', '1'],
    ['[1, 2', 1, 6, 'comma', ''],
    ['{a: 1}', 1, 2, 'name', 'a'],
    ['[tru]', 1, 2, 'value', 'tru'],
    ['[1] x', 1, 5, 'end', 'x'],
    ['{"a": "open', 1, 7, 'value', '"'],
    ['[1}', 1, 3, 'comma', '}'],
    ['[01]', 1, 2, 'value', '01'],
    ['[,1]', 1, 2, 'value', ','],
  ])('%j goes wrong at line %i, column %i', (text, line, column, wanted, found) => {
    expect(readJson(text)).toEqual({ mistake: { line, column, wanted, found } });
  });

  it('is read', () => {
    expect(readJson(' {"a": [true, null, -1.5e3, "ü\\u00fc"], "b": {}, "c": []} ')).toEqual({
      value: { a: [true, null, -1500, 'üü'], b: {}, c: [] },
    });
  });
});
