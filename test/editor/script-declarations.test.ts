import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declareVariable } from '../../editor/script/declarations.ts';
import { librariesOf, placeOf, scriptFile } from '../../editor/script/places.ts';
import { readStageDeclarations } from '../../editor/script/stage-names.ts';
import { STAGES } from '../../server/contract/stage.ts';
import { declarations } from './script-support.ts';

describe('stage.d.ts', () => {
  const text = readFileSync(new URL('../../scripts/stage.d.ts', import.meta.url), 'utf8');
  const { types, names } = readStageDeclarations(text);

  it('is taken apart without a rest', () => {
    expect(types).toContain('interface CreateResult');
    expect(types).not.toMatch(/^declare (const|let)/m);
    expect([...names.create.keys()]).toEqual(['accessToken', 'fromField', 'reqBody']);
    const all = new Set(STAGES.flatMap((stage) => [...names[stage].keys()]));
    expect(all.size).toBe(text.match(/^declare (const|let) /gm)?.length);
  });

  it('explains a name without its list of stages', () => {
    expect(names.create.get('fromField')).toBe(
      '/** The approval form. Add one object a field: `{ name, value }`. */\ndeclare let fromField: JSONArray;',
    );
  });

  it('must declare what it promises', () => {
    expect(() => readStageDeclarations('')).toThrow('StageNames has no token');
  });
});

describe('the variables', () => {
  it('are declared once, in the catalogue’s words', () => {
    const text = declarations.map(({ content }) => content).join('\n');
    expect(text.match(/^declare const TASK_ID: string;$/gm)).toHaveLength(1);
    expect(text.match(/^declare const APPROVAL_CODE: string;$/gm)).toHaveLength(1);
    expect(text).toContain('declare const API_BASE_URL: string;');
  });

  it('keep an admin’s words inside of the comment', () => {
    const declared = declareVariable({
      name: 'TASK_ID',
      meaning: 'the */ id\n@deprecated',
      sample: '`a`\nb',
    });
    expect(declared).toBe(
      "/** The *\u200b/ id @deprecated, e.g. `'a' b`. */\ndeclare const TASK_ID: string;\n",
    );
  });
});

it('reads the provider and the stage from a script’s address', () => {
  const place = { provider: 'dingtalk', stage: 'create' } as const;
  expect(placeOf(scriptFile(place, 7))).toEqual(place);
  expect(placeOf('file:///client/dingtalk.js')).toBeUndefined();
  expect(librariesOf(place)).toContain('file:///stage/create.d.ts');
});
