import { open, writeFile } from 'node:fs/promises';
import { STAGES } from '../contract/stage.ts';
import type { Stage } from '../contract/stage.ts';
import { codeOf } from '../errors.ts';
import { runStage, shownDirectly } from '../executions/run.ts';
import type { Execution, StageChannel, StageOutcome, StageRun } from '../executions/run.ts';
import { loadProvider, UnknownProviderError } from '../providers/provider.ts';
import type { Provider } from '../providers/provider.ts';
import { eventTypeOf } from '../providers/read-event.ts';
import { readAllowedHost, toRecording } from '../sandbox/egress.ts';
import { DEFAULT_LIMITS } from '../sandbox/limits.ts';
import { Sandbox } from '../sandbox/pool.ts';
import { readInputs, readJson, readRecording, readText } from './inputs.ts';
import type { Inputs } from './inputs.ts';
import { report } from './report.ts';
import { UsageError } from './usage-error.ts';

/** The options of `countersign run`, as typed. */
export interface RunOptions {
  readonly stage?: string;
  readonly provider: string;
  readonly vars?: string;
  readonly var?: readonly string[];
  readonly event?: string;
  readonly apiBase?: string;
  readonly allowHost?: readonly string[];
  readonly http?: string;
  readonly record?: string;
  readonly json?: boolean;
}

/** Where a command writes; process.stdout and process.stderr outside of tests. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

interface Prepared {
  readonly source: string;
  readonly run: Omit<StageRun, 'accessToken'>;
  readonly accessToken: string | undefined;
}

function stageOf(word: string | undefined): Stage {
  if (word === undefined) throw new UsageError(`Say which stage it is: --stage ${STAGES.join(' | ')}.`);
  const stage = STAGES.find((known) => known === word);
  if (stage === undefined) throw new UsageError(`There is no stage "${word}". Stages: ${STAGES.join(', ')}.`);
  return stage;
}

function apiBaseOf(text: string | undefined): string {
  if (text === undefined) return '';
  const url = URL.parse(text);
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.search + url.hash + url.username !== ''
  ) {
    throw new UsageError(`--api-base ${text}: write http:// or https://, a host and at most a path.`);
  }
  return url.href.replace(/\/+$/, '');
}

function allowedHosts(hosts: readonly string[]): readonly string[] {
  for (const host of hosts) {
    try {
      readAllowedHost(host);
    } catch (error) {
      throw new UsageError(`--allow-host ${host}: ${(error as Error).message}`);
    }
  }
  return hosts;
}

function providerOf(name: string): Provider {
  try {
    return loadProvider(name);
  } catch (error) {
    if (error instanceof UnknownProviderError) throw new UsageError(error.message);
    throw error;
  }
}

async function eventOf(stage: Stage, path: string | undefined): Promise<unknown> {
  if (stage !== 'callback') {
    if (path !== undefined) throw new UsageError(`--event belongs to --stage callback, not to ${stage}.`);
    return undefined;
  }
  if (path === undefined)
    throw new UsageError('--stage callback needs --event event.json: the decrypted payload of one event.');
  const event = await readJson(path, '--event');
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new UsageError(`--event ${path} must hold one event, an object.`);
  }
  return event;
}

function channelOf(options: RunOptions, { extras }: Inputs): StageChannel {
  return {
    appId: extras.APP_ID ?? '',
    appSecret: extras.APP_SECRET ?? '',
    corpId: '',
    apiBaseUrl: apiBaseOf(options.apiBase),
    legacyApiBaseUrl: '',
    allowedHosts: allowedHosts(options.allowHost ?? []),
    defaultOriginator: extras.DEFAULT_ORIGINATOR ?? '',
    otherSecrets: [],
  };
}

/** Half a pair fetches no token, and the calls without one would only be refused. */
function checkCredentials({ extras }: Inputs): void {
  if ((extras.APP_ID === undefined) === (extras.APP_SECRET === undefined)) return;
  const missing = extras.APP_ID === undefined ? 'APP_ID' : 'APP_SECRET';
  throw new UsageError(`--var ${missing}=… is missing: APP_ID and APP_SECRET belong together.`);
}

/** A run may open a real approval; that its recording has no place is to be said before. */
async function checkWritable(path: string): Promise<void> {
  try {
    await (await open(path, 'a')).close();
  } catch (error) {
    throw new UsageError(`--record ${path}: the file cannot be written (${String(codeOf(error))}).`);
  }
}

/** Reads and checks everything before anything runs. @throws UsageError */
async function prepare(script: string, options: RunOptions): Promise<Prepared> {
  const stage = stageOf(options.stage);
  const provider = providerOf(options.provider);
  if (options.http !== undefined && options.record !== undefined) {
    throw new UsageError('--http answers from a recording and --record makes one: give one of them.');
  }
  const source = await readText(script, 'script');
  const bytes = Buffer.byteLength(source);
  if (bytes > DEFAULT_LIMITS.sourceBytes) {
    throw new UsageError(
      `script ${script} has ${bytes} bytes; a stage may have ${DEFAULT_LIMITS.sourceBytes}: make it shorter.`,
    );
  }
  const file =
    options.vars === undefined
      ? undefined
      : { path: options.vars, json: await readJson(options.vars, '--vars') };
  const inputs = readInputs(file, options.var ?? []);
  checkCredentials(inputs);
  const event = await eventOf(stage, options.event);
  if (options.record !== undefined) await checkWritable(options.record);
  const { extras, variables } = inputs;
  return {
    source,
    accessToken: extras.accessToken,
    run: {
      provider,
      stage,
      source,
      variables,
      channel: channelOf(options, inputs),
      approvalInstanceId: extras.approvalInstanceId,
      revokeReason: extras.REVOKE_REASON,
      event,
      eventType: extras.eventType ?? eventTypeOf(provider, event),
      recording: options.http === undefined ? undefined : await readRecording(options.http),
      record: options.record !== undefined,
      key: 'command',
    },
  };
}

/** Fetches a token by the provider's default token stage when the stage wants one and the credentials are given. */
async function fetchToken(
  sandbox: Sandbox,
  { run, accessToken }: Prepared,
): Promise<StageOutcome | string | undefined> {
  const wantsToken = run.stage === 'create' || run.stage === 'revoke' || run.stage === 'sync';
  if (!wantsToken || accessToken !== undefined) return accessToken;
  // Recorded answers are for the script's own calls; which token those carried is masked in them and does not matter.
  if (run.recording !== undefined) return 'recorded';
  if (run.channel.appId === '' || run.channel.appSecret === '') return undefined;
  const outcome = await runStage(sandbox, {
    ...run,
    stage: 'token',
    source: run.provider.stages.token,
    record: false,
  });
  return outcome.result !== undefined && outcome.result !== null && 'accessToken' in outcome.result
    ? String(outcome.result.accessToken)
    : outcome;
}

function show(execution: Execution, stage: string, source: string, json: boolean, output: Output): void {
  if (json) {
    output.out(`${JSON.stringify(execution, null, 2)}\n`);
    return;
  }
  output.err(`${report(stage, source, execution)}\n`);
  if (execution.ok) output.out(`${JSON.stringify(execution.result, null, 2)}\n`);
}

/**
 * `countersign run`: one script file in the same sandbox as the server's, without server or database.
 * @returns the exit code: 0 the script did its work, 1 it failed
 * @throws UsageError when the command was called wrongly
 */
export async function runCommand(script: string, options: RunOptions, output: Output): Promise<0 | 1> {
  const prepared = await prepare(script, options);
  const { run, source } = prepared;
  const isJson = options.json ?? false;
  const sandbox = await Sandbox.start({
    clients: { [run.provider.name]: run.provider.client },
    ...{ children: 1, spares: 0, ready: 1 },
  });
  try {
    const token = await fetchToken(sandbox, prepared);
    if (typeof token === 'object') {
      if (!isJson) output.err('No access token could be fetched by the default token stage:\n');
      show(token.execution, 'token', run.provider.stages.token, isJson, output);
      return 1;
    }
    const outcome = await runStage(sandbox, { ...run, accessToken: token });
    const execution = shownDirectly(outcome);
    show(execution, run.stage, source, isJson, output);
    if (options.record !== undefined) {
      const recorded = toRecording(outcome.exchanges, outcome.secrets);
      await writeFile(options.record, `${JSON.stringify(recorded, null, 2)}\n`);
    }
    return execution.ok ? 0 : 1;
  } finally {
    sandbox.close();
  }
}
