import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError, readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { DirectoryLockedError } from '../db/directory-lock.ts';
import { DatabaseStartError } from '../db/open.ts';
import { ListenError, startHub } from '../hub.ts';
import type { Hub } from '../hub.ts';
import { createLog } from '../log.ts';
import { ChildStartError } from '../sandbox/child-process.ts';
import { KeyError } from '../secrets/keys.ts';
import { SIMULATOR_PAGES } from '../simulators.ts';
import type { Output } from './run-stage.ts';
import { UsageError } from './usage-error.ts';

/** How long requests and jobs under way may take to end after SIGTERM; then they are handed back. */
const GRACE_MS = 25_000;

/** A database that does not answer must not keep a process that was told to end: most supervisors kill it after 30 seconds. */
const LATEST_MS = 29_000;

/** Signals that come so close together are one. */
const SAME_SIGNAL_MS = 1_000;

/** What ends a start with one clear line instead of a stack. */
const STARTS_END = [ListenError, DatabaseStartError, DirectoryLockedError, KeyError, ChildStartError];

/**
 * `countersign start` (`npm start`): the whole hub in this process, until SIGTERM or SIGINT.
 * What a person should read goes to stderr; the log, one JSON line a fact, to stdout.
 * @returns the exit code. When something that does not answer keeps it from ending in order, the process ends with 1; others take over
 * @throws UsageError when a setting is wrong, the port is taken, or the database cannot be had
 */
export async function startCommand(output: Output): Promise<0> {
  const config = settings();
  const say = (line: string): void => output.err(`${line}\n`);
  const log = createLog(config.logLevel);
  const hub = await startHub({ config, log, say, buildEditor: true }).catch((error: unknown) => {
    if (STARTS_END.some((kind) => error instanceof kind)) throw new UsageError((error as Error).message);
    throw error;
  });
  const told = toldToEnd();
  welcome(hub, config, say);
  const signal = await told;
  say(`${signal}: finishing what is under way …`);
  const late = new AbortController();
  const ended = await Promise.race([
    hub.close(GRACE_MS).then(() => true),
    delay(LATEST_MS, false, { signal: late.signal }),
  ]);
  late.abort();
  if (ended) return 0;
  say('Something does not answer, so that it ends here: what was under way is taken over.');
  // What is still waited for holds the process: nothing else would end it.
  process.exit(1);
}

/**
 * Resolves at the first SIGTERM or SIGINT. One key press may come as several (the terminal's to all of its processes, and once more
 * from npm): those end nothing. One that comes later is a person who will not wait, and ends the process at once.
 */
function toldToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals): void => {
      resolve(signal);
      setTimeout(() => process.off('SIGINT', onSignal).off('SIGTERM', onSignal), SAME_SIGNAL_MS).unref();
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  });
}

/** What a person who just started it wants to know. */
function welcome({ url, signInLink }: Hub, config: Config, say: (line: string) => void): void {
  say(`Countersign is ready: ${url}`);
  if (config.databaseUrl === undefined)
    say(
      '  Embedded database: safe when this process crashes, not on power loss. For production set DATABASE_URL.',
    );
  if (config.simulator)
    for (const { label, path } of SIMULATOR_PAGES) say(`  ${label} simulator: ${url}${path}`);
  if (signInLink !== undefined) say(`  Sign in once, as administrator, with this link: ${signInLink}`);
  say('  Ctrl+C ends it.');
}

function settings(): ReturnType<typeof readConfig> {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}
