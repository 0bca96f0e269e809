import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../server/cli.ts';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { countersign, workFolder } from './command-line.ts';

interface SimulatedInstance {
  instanceId: string;
  status: string;
  originatorUserId: string;
  form: { name: string; value: string }[];
}

const files = workFolder();
const appendix = new URL('../../docs/examples/', import.meta.url);
const createScript = files.write('create.js', readFileSync(new URL('create.js', appendix)));
const nothing = files.write('nothing.js', '// everything by default\n');

let simulator: Awaited<ReturnType<typeof serveSimulators>>;
let base = '';
beforeAll(async () => {
  simulator = await serveSimulators({ port: 0 });
  base = `${simulator.url}/simulator/dingtalk`;
});
afterAll(async () => {
  await simulator.close();
  files.remove();
});

const credentials = ['--var', 'APP_ID=ding-demo', '--var', 'APP_SECRET=demo-secret'];

async function instances(): Promise<SimulatedInstance[]> {
  const answer = await fetch(`${base}/_control/instances`);
  return ((await answer.json()) as { items: SimulatedInstance[] }).items;
}

function idIn(out: string): string {
  return (JSON.parse(out) as { approvalInstanceId: string }).approvalInstanceId;
}

describe('countersign run, against the simulator', () => {
  it("opens an approval with the guide's own create script, reads it, revokes it", async () => {
    const vars = files.write(
      'vars.json',
      JSON.stringify({ APPROVAL_CODE: 'PROC-DEMO', TASK_ID: 'T-1', TASK_NAME: 'Add index' }),
    );
    const people = ['--var', 'SUBMITER_PHONE=13800000000', '--var', 'TASK_URL=https://platform.example/T-1'];
    const created = await countersign(
      'run',
      createScript,
      '--stage',
      'create',
      '--vars',
      vars,
      ...people,
      ...credentials,
      '--api-base',
      base,
    );
    expect(created, created.err).toMatchObject({ code: 0 });
    const id = idIn(created.out);
    const [opened] = (await instances()).filter(({ instanceId }) => instanceId === id);
    expect(opened).toMatchObject({ status: 'RUNNING', originatorUserId: 'user-li' });
    const form = Object.fromEntries(opened?.form.map(({ name, value }) => [name, value]) ?? []);
    expect(form).toMatchObject({
      'Task ID': 'T-1',
      'Task Name': 'Add index',
      Summary: 'https://platform.example/T-1, , ',
    });

    const instance = ['--var', `approvalInstanceId=${id}`, ...credentials, '--api-base', base];
    const synced = await countersign('run', nothing, '--stage', 'sync', ...instance);
    expect(JSON.parse(synced.out)).toMatchObject({ status: 'pending', approvers: [{ userId: 'user-wang' }] });

    const early = await countersign('run', nothing, '--stage', 'revoke', ...instance);
    expect(early.code).toBe(1);
    expect(early.err).toContain('15 s');

    await fetch(`${base}/_control/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ revokeLockMs: 0 }),
    });
    const revoked = await countersign(
      'run',
      nothing,
      '--stage',
      'revoke',
      ...instance,
      '--var',
      'REVOKE_REASON=changed my mind',
    );
    expect(JSON.parse(revoked.out)).toEqual({ revoked: true });
    const after = await countersign('run', nothing, '--stage', 'sync', ...instance);
    expect(JSON.parse(after.out)).toMatchObject({ status: 'revoked' });
  });

  it('shows the fetched token to the one who fetched it, and a secret to nobody', async () => {
    const token = await countersign(
      'run',
      nothing,
      '--stage',
      'token',
      ...credentials,
      '--api-base',
      base,
      '--json',
    );
    const execution = JSON.parse(token.out) as { result: { accessToken: string }; http: unknown[] };
    expect(execution.result.accessToken).toMatch(/^\w{8,}/);
    expect(JSON.stringify(execution.http)).not.toContain(execution.result.accessToken);
    expect(token.out + token.err).not.toContain('demo-secret');
  });

  it('records a run, and answers the same run from the recording without the provider', async () => {
    const recording = files.path('recorded.json');
    const given = [
      '--stage',
      'create',
      '--var',
      'APPROVAL_CODE=PROC-DEMO',
      '--var',
      'DEFAULT_ORIGINATOR=user-li',
      '--var',
      'TASK_ID=T-2',
    ];
    const live = await countersign(
      'run',
      createScript,
      ...given,
      ...credentials,
      '--api-base',
      base,
      '--record',
      recording,
    );
    expect(live, live.err).toMatchObject({ code: 0 });
    const before = (await instances()).length;
    const again = await countersign('run', createScript, ...given, '--http', recording, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ ok: true, result: { approvalInstanceId: idIn(live.out) } });
    expect((await instances()).length).toBe(before);

    const other = files.write(
      'other.js',
      'await fetch("https://api.dingtalk.com/v1.0/unknown"); return null;',
    );
    const unmatched = await countersign('run', other, '--stage', 'create', '--http', recording, '--json');
    expect(unmatched.code).toBe(1);
    expect(JSON.parse(unmatched.out)).toMatchObject({ ok: false, error: { code: 'HTTP_ERROR', line: 1 } });
    expect(unmatched.out).toContain('GET https://api.dingtalk.com/v1.0/unknown');
  });

  it('reads an event by the default callback stage', async () => {
    const event = files.write(
      'event.json',
      JSON.stringify({
        EventType: 'bpms_instance_change',
        processInstanceId: 'pi-1',
        processCode: 'PROC-DEMO',
        type: 'finish',
        result: 'agree',
      }),
    );
    const ended = await countersign('run', nothing, '--stage', 'callback', '--event', event);
    expect(JSON.parse(ended.out)).toMatchObject({ approvalInstanceId: 'pi-1', status: 'approved' });
  });
});

describe('countersign run, when the script is at fault', () => {
  it('shows the line, marked, beside code and message', async () => {
    const script = files.write(
      'throws.js',
      'console.log("before");\nconst mapped = {};\n  mapped.form.add(1);\n',
    );
    const ended = await countersign('run', script, '--stage', 'create');
    expect(ended.code).toBe(1);
    expect(ended.out).toBe('');
    expect(ended.err).toContain('log   before');
    expect(ended.err).toContain(
      "SCRIPT_ERROR (line 3, column 15): TypeError: Cannot read properties of undefined (reading 'add')",
    );
    expect(ended.err).toContain('  3 |   mapped.form.add(1);\n    |               ^');
  });

  it('says what was already sent when a script fails after its create call', async () => {
    const script = files.write(
      'after.js',
      'fromField.add(new JSONObject().fluentPut("name","Task ID").fluentPut("value","T-3"))\nawait dingtalk.create()\nthrow new Error("too late")',
    );
    const given = ['--var', 'APPROVAL_CODE=PROC-DEMO', '--var', 'DEFAULT_ORIGINATOR=user-li'];
    const ended = await countersign(
      'run',
      script,
      '--stage',
      'create',
      ...given,
      ...credentials,
      '--api-base',
      base,
      '--json',
    );
    expect(JSON.parse(ended.out)).toMatchObject({
      ok: false,
      error: {
        code: 'SCRIPT_ERROR',
        line: 3,
        alreadySent: ['POST https://api.dingtalk.com/v1.0/workflow/processInstances'],
      },
      prepared: {
        processCode: 'PROC-DEMO',
        originatorUserId: 'user-li',
        formComponentValues: [{ name: 'Task ID', value: 'T-3' }],
      },
    });
  });

  it('names what a stage must return when it returns something else', async () => {
    const script = files.write(
      'wrong.js',
      'return { status: "pending", approvers: [{ userId: 7, status: "waiting" }] }',
    );
    const ended = await countersign('run', script, '--stage', 'sync');
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/SCRIPT_RESULT.*approvers\[0\]\.userId must be text, but is the number 7/);
  });
});

describe('countersign run, called wrongly', () => {
  const script = files.write('fine.js', 'return null');
  const rows: [string, string[], RegExp][] = [
    [
      'an unknown stage',
      [script, '--stage', 'creat'],
      /no stage "creat".*token, create, revoke, callback, sync/,
    ],
    ['no stage', [script], /--stage token \| create/],
    [
      'half a pair of credentials',
      [script, '--stage', 'create', '--var', 'APP_ID=x'],
      /APP_SECRET=… is missing/,
    ],
    [
      'a recording that has no place',
      [script, '--stage', 'create', '--record', '/nowhere/r.json'],
      /--record \/nowhere\/r\.json/,
    ],
    ['a missing file', [files.path('none.js'), '--stage', 'create'], /none\.js: there is no such file/],
    [
      'an unknown provider',
      [script, '--stage', 'create', '--provider', 'slack'],
      /no provider "slack".*dingtalk/,
    ],
    [
      'a text that is not UTF-8',
      [files.write('latin.js', new Uint8Array([0x2f, 0x2f, 0xe9])), '--stage', 'create'],
      /not UTF-8/,
    ],
    [
      'a script that is too long',
      [files.write('long.js', `//${'x'.repeat(300_000)}`), '--stage', 'create'],
      /300002 bytes.*262144/,
    ],
    [
      'variables that are not JSON',
      [script, '--stage', 'create', '--vars', files.write('bad.json', '{"TASK_ID":}')],
      /--vars .*not JSON/,
    ],
    [
      'an unknown variable',
      [script, '--stage', 'create', '--var', 'TASK_IDD=1'],
      /no variable called "TASK_IDD".*TASK_ID/,
    ],
    [
      'a variable that is no text',
      [script, '--stage', 'create', '--vars', files.write('n.json', '{"TASK_ID":1}')],
      /TASK_ID must be text/,
    ],
    ['a variable without value', [script, '--stage', 'create', '--var', 'TASK_ID'], /NAME=value/],
    ['a callback without event', [script, '--stage', 'callback'], /--event event\.json/],
    [
      'an event for another stage',
      [script, '--stage', 'sync', '--event', script],
      /--event belongs to --stage callback/,
    ],
    [
      'a base that is no URL',
      [script, '--stage', 'sync', '--api-base', 'localhost:8790'],
      /--api-base localhost:8790/,
    ],
    [
      'a host with a path',
      [script, '--stage', 'sync', '--allow-host', 'a.example/x'],
      /--allow-host a\.example\/x/,
    ],
    [
      'a recording of the wrong shape',
      [script, '--stage', 'sync', '--http', files.write('r.json', '[{"method":"GET"}]')],
      /--http .*url/,
    ],
    ['an unknown option', [script, '--stage', 'sync', '--frce'], /unknown option '--frce'/],
  ];

  it.each(rows)('names %s and the fix in one line, and exits with 2', async (_, args, words) => {
    // In this process: what a whole one adds, its streams and its exit code, other tests here see.
    let [out, err] = ['', ''];
    const code = await main(['run', ...args], {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
    });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim().split('\n').length).toBe(1);
    expect(err).toMatch(words);
  });

  it('helps', async () => {
    const help = await countersign('run', '--help');
    expect(help.code).toBe(0);
    for (const word of ['--stage', '--var', '--record', 'Examples:', 'Exit: 0'])
      expect(help.out).toContain(word);
  });
});

describe('countersign simulator', () => {
  it('refuses a port that is taken, in words', async () => {
    const ended = await countersign('simulator', '--port', new URL(simulator.url).port);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/port/i);
  });
});
