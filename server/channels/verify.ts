import { z } from 'zod';
import type { ChannelVerdict } from '../contract/channel.ts';
import { completeVariables } from '../contract/variables.ts';
import type { Db } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { askProvider } from '../executions/ask.ts';
import { runStage } from '../executions/run.ts';
import type { Execution } from '../executions/run.ts';
import type { Sandbox } from '../sandbox/pool.ts';
import { addCalls, countedCalls } from './budget.ts';
import type { Channel } from './channel.ts';
import { checkSettings, settingsOf } from './settings.ts';
import { callbackStep } from './verify-callback.ts';
import type { CallbackLook } from './verify-callback.ts';
import { connectionStep } from './verify-connection.ts';
import type { ConnectionLook } from './verify-connection.ts';

export type Step = ChannelVerdict['steps'][number];

export interface VerifyDeps extends CallbackLook, ConnectionLook {
  readonly knex: Db;
  readonly sandbox: Sandbox;
  readonly ownOrigins: () => readonly string[];
}

/** Says step by step what works of a channel, and how to mend what does not. Changes nothing at the provider. */
export type Verify = (channel: Channel, signal?: AbortSignal) => Promise<ChannelVerdict>;

/** How far the provider's clock and ours may be apart before a person should know; searching for an uncertain create allows for any. */
const CLOCK_SKEW_MS = 30_000;

/**
 * Makes the check. A run of it takes seconds: at most one token stage, one question with a handful of calls, and one call to the
 * hub's own callback URL or a look at its connection, each with its limit of time.
 */
export function createVerify(deps: VerifyDeps): Verify {
  const { knex, sandbox, ownOrigins } = deps;

  return async (channel, signal) => {
    const { provider } = channel;
    const isPersistent = channel.row.callback_type === 'persistent';
    const events = isPersistent ? connectionStep(deps, channel) : callbackStep(deps, channel);
    const configuration = configurationStep(channel, ownOrigins());
    const steps = [configuration];
    if (configuration.ok) {
      const common = {
        provider,
        channel: channel.stage,
        ownOrigins: ownOrigins(),
        key: `verify:${channel.id}`,
        signal,
      };
      const { result, execution } = await runStage(sandbox, {
        ...common,
        stage: 'token',
        source: provider.stages.token,
        variables: completeVariables({}),
      });
      const accessToken = tokenIn(result);
      steps.push(tokenStep(execution, accessToken));
      if (accessToken !== undefined) {
        const asked = await askProvider(sandbox, {
          ...common,
          accessToken,
          question: 'permissions',
          input: {},
        });
        await addCalls(knex, channel.id, { calls: countedCalls(provider, asked.execution), polls: 0 });
        steps.push(...permissionSteps(asked.value, asked.execution));
      }
      steps.push(...clockSteps(execution, deps.now()));
    }
    steps.push(await events);
    return { ok: steps.every(({ ok }) => ok), steps };
  };
}

function configurationStep(channel: Channel, ownOrigins: readonly string[]): Step {
  const name = 'configuration';
  try {
    checkSettings(channel.provider, settingsOf(channel), ownOrigins);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const detail = error.errors.map(({ path, message }) => `${path} ${message}.`).join(' ');
    return { name, ok: false, detail };
  }
  const { apiBaseUrl } = channel.stage;
  const goes =
    apiBaseUrl === ''
      ? channel.provider.hosts.map(({ host }) => host).join(', ')
      : `${apiBaseUrl} (apiBaseUrl)`;
  return { name, ok: true, detail: `All that is required is set. Calls go to ${goes}.` };
}

const token = z.looseObject({ accessToken: z.string() });

const tokenIn = (result: unknown): string | undefined => token.safeParse(result).data?.accessToken;

function tokenStep({ error, durationMs }: Execution, accessToken: string | undefined): Step {
  const name = 'token';
  if (accessToken === undefined)
    return { name, ok: false, detail: error?.message ?? 'The default token stage brought no token.' };
  return { name, ok: true, detail: `An access token was fetched in ${Math.round(durationMs)} ms.` };
}

const checks = z.object({
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});

function permissionSteps(value: unknown, { error }: Execution): Step[] {
  const parsed = checks.safeParse(value);
  if (!parsed.success)
    return [
      { name: 'permissions', ok: false, detail: error?.message ?? 'The provider gave no clear answer.' },
    ];
  return parsed.data.checks;
}

/** Holds our clock against the Date header of the provider's answer (RFC 9110 §6.6.1), which is to the second. */
function clockSteps({ http }: Execution, now: number): Step[] {
  const answered = http.findLast(({ response }) => response?.headers['date'] !== undefined);
  const theirs = Date.parse(answered?.response?.headers['date'] ?? '');
  if (Number.isNaN(theirs)) return [];
  const seconds = Math.round((now - theirs) / 1000);
  const ok = Math.abs(now - theirs) <= CLOCK_SKEW_MS;
  const detail = ok
    ? `This server's clock and the provider's are ${Math.abs(seconds)} s apart.`
    : `This server's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the provider's: let it be set by NTP.`;
  return [{ name: 'clock', ok, detail }];
}
