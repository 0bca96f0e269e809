import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VARIABLES, completeVariables } from '../../server/contract/variables.ts';
import { runStage } from '../../server/executions/run.ts';
import { loadProvider } from '../../server/providers/provider.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { launchChromium } from '../support/chromium.ts';

/**
 * Makes the pictures of the README and the docs (`npm run pictures`): the simulator's page with approvals that the
 * guide's own create script opened, in both themes and languages.
 */
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const source = readFileSync(new URL('../../docs/examples/create.js', import.meta.url), 'utf8');

const simulators = await serveSimulators({ port: 0 });
const base = `${simulators.url}/simulator/dingtalk`;
const provider = loadProvider('dingtalk');
const sandbox = await Sandbox.start({ clients: { dingtalk: provider.client } });
const browser = await launchChromium();

const channel = {
  ...{ appId: 'ding-demo', appSecret: 'demo-secret', corpId: '', apiBaseUrl: base, legacyApiBaseUrl: '' },
  ...{ allowedHosts: [], defaultOriginator: 'user-li', otherSecrets: [] },
};
const samples = Object.fromEntries(VARIABLES.map(({ name, sample }) => [name, sample]));

async function open(changes: Record<string, string>): Promise<string> {
  const variables = completeVariables({ ...samples, ...changes });
  const run = { provider, channel, variables, key: 'pictures' };
  const token = await runStage(sandbox, { ...run, stage: 'token', source: provider.stages.token });
  const accessToken = (token.result as { accessToken: string }).accessToken;
  const created = await runStage(sandbox, { ...run, stage: 'create', source, accessToken });
  if (!created.execution.ok) throw new Error(created.execution.error?.message);
  return (created.result as { approvalInstanceId: string }).approvalInstanceId;
}

async function decide(id: string, action: string, remark: string): Promise<void> {
  const body = JSON.stringify({ remark });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${base}/_control/instances/${id}/${action}`, { method: 'POST', headers, body });
}

const pictures = [
  { file: 'simulator.png', locale: 'en-GB', colorScheme: 'light' },
  { file: 'simulator-zh-dark.png', locale: 'zh-CN', colorScheme: 'dark' },
] as const;

try {
  const exported = await open({
    TASK_ID: 'T-2026-1180',
    TASK_NAME: 'Export order items',
    TASK_TYPE: 'Data export',
  });
  await decide(exported, 'approve', 'ok, after 22:00');
  await open({});
  for (const { file, locale, colorScheme } of pictures) {
    const context = await browser.newContext({
      locale,
      colorScheme,
      viewport: { width: 1200, height: 1000 },
    });
    const page = await context.newPage();
    await page.goto(`${base}/`);
    await page.getByText('T-2026-1182').first().waitFor();
    await page.screenshot({ path: `${folder}${file}` });
    await context.close();
  }
} finally {
  await browser.close();
  sandbox.close();
  await simulators.close();
}
