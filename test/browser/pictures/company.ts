import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { VARIABLES } from '../../../server/contract/variables.ts';
import { readConfig } from '../../../server/config.ts';
import { openEmbedded } from '../../../server/db/embedded.ts';
import { startHub } from '../../../server/hub.ts';
import { createLog } from '../../../server/log.ts';
import { START_TEMPLATES } from '../../../server/simulator/dingtalk/start-state.ts';

const ADMIN_TOKEN = 'the-pictures-are-the-administrator';
const ADMIN = { name: 'Li Lei', password: 'a password for pictures' };
const PATIENCE_MS = 60_000;

const guideScript = readFileSync(new URL('../../../docs/examples/create.js', import.meta.url), 'utf8');
const samples = Object.fromEntries(VARIABLES.map(({ name, sample }) => [name, sample]));

/** What a task has in a list: enough for the picture to look like a company's. */
interface Told {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly subtype: string;
  readonly by: string;
}

const SHOWN: Told = {
  ...{ id: 'T-2026-1182', name: 'Add index idx_created_at to orders' },
  ...{ type: 'SQL task', subtype: 'Suggested improvement', by: 'Li Lei' },
};
const APPROVED: Told = {
  ...{ id: 'T-2026-1176', name: 'Export the invoices of September' },
  ...{ type: 'Data export', subtype: 'SQL export', by: 'Zhao Min' },
};
const REJECTED: Told = {
  ...{ id: 'T-2026-1178', name: 'Read access to billing for the audit' },
  ...{ type: 'Permission request', subtype: 'Database', by: 'Wang Wei' },
};
const FAILED: Told = {
  ...{ id: 'T-2026-1180', name: 'Load the price list of November' },
  ...{ type: 'Data import', subtype: 'Fast mode', by: 'Zhao Min' },
};
const WAITING: Told = {
  ...{ id: 'T-2026-1181', name: 'Widen customers.phone to 32 characters' },
  ...{ type: 'SQL task', subtype: 'Must improve', by: 'Wang Wei' },
};

/** A hub of a company that has used it for a while. */
export interface Company {
  readonly url: string;
  readonly admin: { readonly name: string; readonly password: string };
  readonly channelId: string;
  readonly mappingId: string;
  /** One that waits for the second of its approvers. */
  readonly taskId: string;
  close(): Promise<void>;
}

/** Starts a hub in memory, with the built editor, and has it live through what the pictures show. */
export async function startCompany(): Promise<Company> {
  const hub = await startHub({
    config: readConfig({
      ...{ PORT: '0', DATABASE_URL: 'postgres://is.handed.in.below', SIMULATOR: 'on', ADMIN_TOKEN },
      SECRET_KEY: 'pictures have no secrets that are worth keeping',
    }),
    log: createLog('silent'),
    say: (line) => process.stderr.write(`${line}\n`),
    buildEditor: true,
    open: () => openEmbedded(undefined),
  });
  try {
    return { ...(await live(hub.url)), url: hub.url, admin: ADMIN, close: () => hub.close(1_000) };
  } catch (error) {
    await hub.close(0);
    throw error;
  }
}

async function live(url: string): Promise<Pick<Company, 'channelId' | 'mappingId' | 'taskId'>> {
  const setting = caller(`${url}/api/v1`, { authorization: `Bearer ${ADMIN_TOKEN}` });
  const simulator = caller(`${url}/simulator/dingtalk/_control`);
  await setting('POST', '/users', { ...ADMIN, role: 'admin' });
  const admin = await signedIn(url);
  const program = { name: 'release-platform', role: 'submitter' };
  const { token } = await admin<{ token: string }>('POST', '/tokens', program);
  const platform = caller(`${url}/api/v1`, { authorization: `Bearer ${token}` });

  // Two people decide, one after the other.
  const nodes = ['user-wang', 'user-zhao'].map((person) => ({ actionType: 'NONE', userIds: [person] }));
  await simulator('POST', '/templates', { ...START_TEMPLATES[0], name: 'SQL release', nodes });
  const ids = await setUp(admin);

  const read = (told: Told): Promise<Task> => admin('GET', `/tasks/${told.id}`);
  const submit = async (told: Told): Promise<void> => {
    await platform('POST', '/tasks', taskOf(told));
    await until(`${told.id} is on its way`, async () => (await read(told)).status !== 'submitted');
  };
  const decide = async (told: Told, action: string, remark: string): Promise<void> => {
    const { approval } = await read(told);
    await simulator('POST', `/instances/${approval?.approvalInstanceId ?? ''}/${action}`, { remark });
  };
  const ends = (told: Told, status: string): Promise<void> =>
    until(`${told.id} is ${status}`, async () => (await read(told)).status === status);

  await submit(APPROVED);
  await decide(APPROVED, 'approve', '');
  await decide(APPROVED, 'approve', 'until Friday');
  await submit(REJECTED);
  await decide(REJECTED, 'refuse', 'the audit has its own copy');
  await ends(APPROVED, 'approved');
  await ends(REJECTED, 'rejected');
  await submit(FAILED);
  await ends(FAILED, 'failed');
  await submit(WAITING);
  await submit(SHOWN);
  await decide(SHOWN, 'approve', 'ok, after 22:00');
  // The hub asks by itself too, but later.
  await admin('POST', `/tasks/${SHOWN.id}/sync`);
  return { ...ids, taskId: SHOWN.id };
}

/** Makes the demo's channel and mapping the company's, and a second mapping whose script names a field that the form does not have. */
async function setUp(admin: Call): Promise<Pick<Company, 'channelId' | 'mappingId'>> {
  const channelId = await onlyOne(admin, '/channels');
  const mappingId = await onlyOne(admin, '/mappings');
  await admin('PATCH', `/channels/${channelId}`, { name: 'DingTalk operations' });
  await admin('PATCH', `/mappings/${mappingId}`, { name: 'SQL release' });
  await admin('PUT', `/mappings/${mappingId}/draft/create`, { source: guideScript });
  await admin('POST', `/mappings/${mappingId}/test/token`, {});
  await admin('POST', `/mappings/${mappingId}/publish`, { note: 'The form of the guide, with a summary' });
  const second = { channelId, name: 'Data import', approvalDefinitionId: 'PROC-DEMO' };
  const { id } = await admin<{ id: string }>('POST', '/mappings', second);
  const wrong = 'fromField.add({ name: "File Type", value: FILE_TYPE });';
  await admin('PUT', `/mappings/${id}/draft/create`, { source: wrong });
  await admin('POST', `/mappings/${id}/publish`, { note: '' });
  await admin('PUT', '/bindings', { taskType: FAILED.type, mappingId: id });
  return { channelId, mappingId };
}

async function onlyOne(call: Call, list: string): Promise<string> {
  const { items } = await call<{ items: { id: string }[] }>('GET', list);
  if (items[0] === undefined) throw new Error(`There is nothing in ${list}.`);
  return items[0].id;
}

const taskOf = ({ id, name, type, subtype, by }: Told): unknown => ({
  ...{ taskId: id, taskType: type, taskSubtype: subtype },
  variables: {
    ...samples,
    ...{ TASK_ID: id, TASK_NAME: name, TASK_TYPE: type, TASK_SUBTYPE: subtype, SUBMITTER: by },
    TASK_URL: `https://platform.example/tasks/${id}`,
  },
});

interface Task {
  readonly status: string;
  readonly approval: { readonly approvalInstanceId: string } | null;
}

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>;

const caller =
  (base: string, headers: Readonly<Record<string, string>> = {}): Call =>
  async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(base + path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };

/** The API as the administrator's browser has it. */
async function signedIn(url: string): Promise<Call> {
  const response = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(ADMIN),
  });
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const cookie = response.headers.getSetCookie().map((each) => each.split(';')[0]);
  return caller(`${url}/api/v1`, { cookie: cookie.join('; '), 'x-csrf-token': csrfToken, origin: url });
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`In vain: ${what}.`);
    await sleep(200);
  }
}
