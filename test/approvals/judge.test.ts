import { describe, expect, it } from 'vitest';
import { hashIntent, readIntent } from '../../server/mappings/intent.ts';
import { judgeCreate } from '../../server/approvals/judge.ts';
import type { GateState } from '../../server/approvals/gate.ts';
import type { ScriptFailure, TracedCall } from '../../server/contract/execution.ts';
import type { CreateAnswer, StageEnd } from '../../server/executions/scripts.ts';

interface Ended {
  readonly stage?: 'create' | 'token';
  readonly claims?: string;
  readonly failure?: Partial<ScriptFailure>;
  readonly http?: readonly Partial<TracedCall>[];
  /** Absent: no create call left. */
  readonly answer?: CreateAnswer | null;
}

function judged(
  { stage = 'create', claims, failure, http = [], answer }: Ended,
  gate: GateState = 'noted',
): unknown {
  const error = failure && { code: 'SCRIPT_ERROR', message: 'It failed.', ...failure };
  const outcome = {
    stage,
    result: claims === undefined ? undefined : { approvalInstanceId: claims },
    execution: { ok: error === undefined, error, http },
    secrets: ['a-secret-token'],
  };
  const creates = answer === undefined ? null : { answer };
  return judgeCreate({ outcome, creates } as unknown as StageEnd, gate);
}

const refused = (kind: string): CreateAnswer => ({
  refused: { kind, code: 'someCode', message: 'some words' },
});

describe('what a run of the create stage came to', () => {
  it('is told by the wire, not by the script', () => {
    expect(judged({ answer: { instanceId: 'i-1' }, claims: 'i-1' })).toEqual({
      ...{ do: 'link', by: 'answer' },
      instanceId: 'i-1',
    });
    expect(judged({ answer: { instanceId: 'i-1' }, claims: 'mine' })).toMatchObject({
      instanceId: 'i-1',
      note: expect.stringMatching(/mine/) as string,
    });
    expect(judged({ answer: { instanceId: 'i-1' }, failure: {} })).toMatchObject({
      do: 'link',
      note: expect.stringMatching(/It failed/) as string,
    });
    expect(judged({ claims: 'mine' })).toMatchObject({ do: 'link', by: 'script', instanceId: 'mine' });
    expect(judged({ answer: 'unclear', claims: 'mine' })).toMatchObject({ do: 'search' });
    expect(judged({ answer: null, failure: { code: 'SANDBOX_CRASHED' } })).toMatchObject({ do: 'search' });
  });

  it('is tried again only when nothing stands and it may pass', () => {
    expect(judged({ answer: refused('throttled'), failure: {} })).toMatchObject({ do: 'again' });
    expect(judged({ answer: refused('quota'), failure: {} })).toMatchObject({
      do: 'fail',
      why: { kind: 'quota' },
    });
    for (const code of ['HTTP_ERROR', 'SANDBOX_BUSY', 'SANDBOX_CRASHED'] as const)
      expect(judged({ failure: { code } })).toMatchObject({ do: 'again' });
    for (const code of ['SCRIPT_ERROR', 'SCRIPT_RESULT', 'EGRESS_DENIED', 'LIMIT_EXCEEDED'] as const)
      expect(judged({ failure: { code } })).toMatchObject({ do: 'fail' });
    expect(
      judged({ stage: 'token', failure: { code: 'HTTP_ERROR', alreadySent: ['POST x'] } }),
    ).toMatchObject({ do: 'again' });
  });

  it('is the provider’s failure when the provider refused, unless the script failed by itself', () => {
    const spoken = { message: 'DingTalk refused it.', provider: { kind: 'refused' } };
    expect(judged({ answer: refused('refused'), failure: spoken })).toMatchObject({
      why: { code: 'PROVIDER_FAILED', message: 'DingTalk refused it.', kind: 'refused' },
    });
    expect(judged({ answer: refused('refused'), failure: { message: 'x is undefined' } })).toMatchObject({
      why: { code: 'SCRIPT_ERROR', message: 'x is undefined' },
    });
  });

  it('is a person’s to look at when a script of his own had sent something else', () => {
    const failure = { code: 'HTTP_ERROR', alreadySent: ['POST https://tickets.example/'] } as const;
    expect(judged({ failure })).toMatchObject({
      do: 'fail',
      why: { message: expect.stringMatching(/tickets\.example/) as string },
    });
  });

  it('blames a script that ran out of time unless the provider kept it waiting', () => {
    const failure = { code: 'SCRIPT_TIMEOUT' } as const;
    const denied = { status: 0, error: { code: 'EGRESS_DENIED', message: '' } } as const;
    expect(judged({ failure, http: [{ status: 0 }] })).toMatchObject({ do: 'again' });
    expect(judged({ failure, http: [denied] })).toMatchObject({ do: 'fail' });
    expect(judged({ failure, http: [{ status: 200 }] })).toMatchObject({ do: 'fail' });
  });

  it('is nobody’s business when another attempt was first', () => {
    expect(judged({ failure: { code: 'HTTP_ERROR' } }, 'taken')).toEqual({ do: 'leave' });
  });

  it('names no instance that no table can hold, and repeats no secret off the wire', () => {
    expect(judged({ claims: 'a\0b' })).toMatchObject({ do: 'fail', why: { code: 'SCRIPT_RESULT' } });
    const answer: CreateAnswer = { refused: { kind: 'refused', code: 'x', message: 'bad a-secret-token' } };
    expect(JSON.stringify(judged({ answer }))).not.toContain('a-secret-token');
  });
});

describe('an intent', () => {
  const call = { url: 'https://provider.example/', body: '{}' };
  const form = [
    { name: 'Reason', value: 'line\r\nline ' },
    { name: 'Empty', value: '' },
  ];
  const read = (fields = form) =>
    readIntent(
      { readCreateCall: () => ({ definitionId: 'D', originator: 'o', form: fields }) },
      call,
      { attempt: 'a-1', place: 'p-1' },
      ['a-secret-token'],
    );

  it('is the same for whatever a search would take for the same', () => {
    const other = { ...read(), form: [{ name: 'Reason', value: 'line\nline' }] };
    expect(hashIntent(read())).toEqual(hashIntent(other));
    expect(hashIntent(read())).not.toEqual(hashIntent({ ...read(), originator: 'another' }));
  });

  it('is not searched for when it cannot be kept letter by letter', () => {
    expect(read()).not.toHaveProperty('unreadable');
    expect(read([{ name: 'Key', value: 'it is a-secret-token' }])).toMatchObject({
      unreadable: true,
      form: [],
    });
    expect(read([{ name: 'Nul', value: 'a\0b' }])).toMatchObject({ unreadable: true, form: [] });
    const by = { attempt: 'a-1', place: 'p-1' };
    expect(readIntent({ readCreateCall: () => null }, call, by, [])).toMatchObject({
      ...by,
      unreadable: true,
    });
  });
});
