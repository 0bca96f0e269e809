import { describe, expect, it } from 'vitest';
import { TASK_TYPES } from '../../server/contract/catalogue.ts';
import { testInput } from '../../server/contract/mapping.ts';
import { VARIABLE_NAMES, VARIABLES } from '../../server/contract/variables.ts';
import {
  firstInputs,
  hasMasked,
  keptInputs,
  readVariables,
  testBody,
  withFormerInput,
} from '../../editor/mappings/test/inputs.ts';
import type { Inputs } from '../../editor/mappings/test/inputs.ts';
import { filledSample } from '../../editor/mappings/test/event-sample.ts';
import { presetValues, sampleValues } from '../../editor/mappings/test/presets.ts';
import { variablesUsed } from '../../editor/mappings/test/variables-used.ts';
import { testVariables } from '../../editor/words/test-variables.ts';

const inputs: Inputs = {
  variables: { TASK_ID: 'T-1', COMMENT: '', APPROVAL_CODE: 'PROC-1' },
  event: '{"EventType": "x"}',
  eventType: '',
  revokeReason: 'not needed',
  mode: 'live',
  recordings: {},
  instanceIds: { live: 'i-live', recorded: 'i-recorded' },
};
const bodyOf = (
  ...[stage, given = inputs, handed = {}]: [Parameters<typeof testBody>[0], Inputs?, object?]
) => {
  const asked = testBody(stage, 'return 1;', given, handed);
  if ('trouble' in asked) throw new Error(JSON.stringify(asked.trouble));
  // Whatever the panel makes, the hub takes.
  expect(testInput.safeParse(asked.body).error).toBeUndefined();
  return asked.body;
};

describe('what the hub is asked', () => {
  it('leaves out empty variables, so that SQL_CONTENT may be the start of SQL_FULL_CONTENT, and the mapping’s own', () => {
    expect(bodyOf('create').variables).toEqual({ TASK_ID: 'T-1' });
  });

  it.each([
    ['token', {}],
    ['create', { accessToken: 'token-1' }],
    ['callback', { event: { EventType: 'x' } }],
    ['sync', { accessToken: 'token-1', approvalInstanceId: 'i-live' }],
    ['revoke', { accessToken: 'token-1', approvalInstanceId: 'i-live', revokeReason: 'not needed' }],
  ] as const)('gives %s what it takes and nothing else', (stage, extras) => {
    expect(bodyOf(stage, inputs, { accessToken: 'token-1' })).toEqual({
      source: 'return 1;',
      variables: { TASK_ID: 'T-1' },
      ...extras,
    });
  });

  it('hands on the approval of this round rather than an earlier one', () => {
    expect(bodyOf('sync', inputs, { approvalInstanceId: 'i-new' }).approvalInstanceId).toBe('i-new');
  });

  it('keeps what recorded answers opened apart from what stands at the provider', () => {
    const recorded = { ...inputs, mode: 'recorded' } as const;
    expect(bodyOf('sync', recorded)).toMatchObject({ approvalInstanceId: 'i-recorded', http: [] });
  });

  it.each([
    ['variables', 'create', { brokenVariables: '{"TASK_ID": }' }],
    ['event', 'callback', { event: '[]' }],
    ['event', 'callback', { event: '' }],
    ['recording', 'sync', { mode: 'recorded', recordings: { sync: '[{"method": "GET"}]' } }],
  ] as const)('asks nothing while the %s of %s cannot be read', (where, stage, change) => {
    expect(testBody(stage, '', { ...inputs, ...change }, {})).toMatchObject({ trouble: { where, stage } });
  });
});

describe('what the panel starts with', () => {
  const samples = sampleValues([...VARIABLES]);

  it('is what the last test was given, by whomever', () => {
    const mapping = {
      samples: {
        token: { variables: {} },
        create: { variables: { TASK_ID: 'T-9' } },
        callback: { event: { type: 'start' }, eventType: 'e' },
        revoke: { revokeReason: 'why not', approvalInstanceId: 'i-9' },
      },
    };
    expect(firstInputs(mapping, samples)).toMatchObject({
      variables: { TASK_ID: 'T-9' },
      event: '{\n  "type": "start"\n}',
      eventType: 'e',
      revokeReason: 'why not',
      instanceIds: { live: 'i-9' },
    });
  });

  it('is the catalogue’s samples where nothing was tried', () => {
    expect(firstInputs({ samples: {} }, samples).variables).toEqual(samples);
  });

  it('takes from the browser what is readable there', () => {
    expect(
      keptInputs({ variables: { TASK_ID: 'T-2', REASON: 5 }, mode: 'x', recordings: [] }, inputs),
    ).toEqual({
      ...inputs,
      variables: { TASK_ID: 'T-2' },
    });
    expect(keptInputs('nonsense', inputs)).toBe(inputs);
  });
});

describe('a former test', () => {
  it('is repeated with what it was given, and what it was not given stays', () => {
    const input = { variables: { TASK_ID: 'T-3' }, approvalInstanceId: 'i-3' };
    expect(withFormerInput({ ...inputs, brokenVariables: '{' }, input)).toEqual({
      ...inputs,
      brokenVariables: undefined,
      variables: { TASK_ID: 'T-3' },
      instanceIds: { live: 'i-3', recorded: 'i-recorded' },
    });
  });

  it('is known when parts of it were masked', () => {
    expect(hasMasked({ variables: { REASON: 'the secret is ••••' } })).toBe(true);
    expect(hasMasked(undefined)).toBe(false);
  });
});

describe('variables as JSON', () => {
  it('are read, or the wrong ones named', () => {
    expect(readVariables('{"TASK_ID": "T-1"}', VARIABLE_NAMES)).toEqual({ values: { TASK_ID: 'T-1' } });
    expect(readVariables('{"TASK": "T-1", "REASON": 5}', VARIABLE_NAMES)).toEqual({
      wrong: ['TASK', 'REASON'],
    });
    expect(readVariables('[]', VARIABLE_NAMES)).toEqual({ wrong: [] });
    expect(readVariables('{"TASK_ID": T-1}', VARIABLE_NAMES)).toMatchObject({
      mistake: { line: 1, column: 13, found: 'T-1' },
    });
  });
});

describe('the variables that a script uses', () => {
  it('are those outside of comments and texts, in the order of the catalogue', () => {
    const script = `// TASK_NAME
      /* REASON */ String s = String.format("%s TASK_URL", TASK_ID) + 'it\\'s COMMENT';
      f(\`\${DATABASE} \${x}\`, MY_TASK_TYPE, TASK_ID`;
    expect(variablesUsed([script, 'SUBMITER_PHONE'], VARIABLE_NAMES)).toEqual([
      'TASK_ID',
      'DATABASE',
      'SUBMITER_PHONE',
    ]);
  });
});

describe('the meanings of the variables', () => {
  it('are translated from the very words of the catalogue', () => {
    expect(testVariables.en).toEqual(
      Object.fromEntries(VARIABLES.map(({ name, meaning }) => [name, meaning])),
    );
  });
});

describe('a preset', () => {
  const [sql, permission] = TASK_TYPES;
  if (sql === undefined || permission === undefined) throw new Error('The catalogue is empty.');

  it('has what tasks of its type have', () => {
    expect(presetValues(sql, 'Compliant', [...VARIABLES])).toMatchObject({
      TASK_TYPE: 'SQL task',
      TASK_SUBTYPE: 'Compliant',
      TASK_NAME: 'Add index idx_created_at to orders',
    });
    const asked = presetValues(permission, 'Database', [...VARIABLES]);
    expect(asked).toMatchObject({ TASK_NAME: 'Permission request: Database', AUTH_SENSITIVE: 'phone' });
    expect(asked).not.toHaveProperty('SQL_CONTENT');
  });

  it('of a type that an admin brought has all samples', () => {
    const values = presetValues({ name: 'Release', subtypes: [] }, undefined, [...VARIABLES]);
    expect(Object.keys(values)).toHaveLength(VARIABLES.length);
    expect(values).toMatchObject({ TASK_TYPE: 'Release', TASK_SUBTYPE: '', TASK_NAME: 'Release' });
  });
});

describe('a sample event', () => {
  it('is about the approval that was opened last', () => {
    const payload = {
      id: '{approvalInstanceId}',
      code: 'x-{approvalDefinitionId}',
      at: '{now}',
      n: [1, '{now}'],
    };
    const fillings = { approvalInstanceId: 'i-1', approvalDefinitionId: 'PROC-1' };
    expect(filledSample(payload, fillings, 5)).toEqual({ id: 'i-1', code: 'x-PROC-1', at: 5, n: [1, 5] });
  });
});
