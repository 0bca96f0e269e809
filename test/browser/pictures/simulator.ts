import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { VARIABLES, completeVariables } from '../../../server/contract/variables.ts';
import { runStage } from '../../../server/executions/run.ts';
import { loadProvider } from '../../../server/providers/provider.ts';
import { Sandbox } from '../../../server/sandbox/pool.ts';
import { serveSimulators } from '../../../server/simulator/serve.ts';

const source = readFileSync(new URL('../../../docs/examples/create.js', import.meta.url), 'utf8');

const pictures = [
  { file: 'simulator.png', locale: 'en-GB', colorScheme: 'light' },
  { file: 'simulator-zh-dark.png', locale: 'zh-CN', colorScheme: 'dark' },
] as const;

/**
 * Pictures of the simulator's page with approvals that the guide's own create script opened.
 * @param folder where they go, with a slash at the end
 */
export async function takeSimulator(browser: Browser, folder: string): Promise<void> {
  const simulators = await serveSimulators({ port: 0 });
  const provider = loadProvider('dingtalk');
  const sandbox = await Sandbox.start({ clients: { dingtalk: provider.client } });
  const base = `${simulators.url}/simulator/dingtalk`;
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

  try {
    const exported = await open({
      TASK_ID: 'T-2026-1180',
      TASK_NAME: 'Export order items',
      TASK_TYPE: 'Data export',
    });
    await fetch(`${base}/_control/instances/${exported}/approve`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ remark: 'ok, after 22:00' }),
    });
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
    sandbox.close();
    await simulators.close();
  }
}
