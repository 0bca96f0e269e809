import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { Output, RunOptions } from './commands/run-stage.ts';
import { UsageError } from './commands/usage-error.ts';
import { ROLES } from './contract/role.ts';
import { STAGES } from './contract/stage.ts';
import { providerNames } from './providers/provider.ts';
import { ChildStartError } from './sandbox/child-process.ts';

const RUN_HELP = `
What --var may set: the 31 task variables (TASK_ID, SUBMITER_PHONE, …) and accessToken, approvalInstanceId, APP_ID,
APP_SECRET, eventType, REVOKE_REASON, DEFAULT_ORIGINATOR. Without an accessToken one is fetched by the default token
stage when APP_ID and APP_SECRET are given.

Examples:
  countersign run create.js --stage create --vars vars.json --var APP_ID=ding-demo --var APP_SECRET=demo-secret \\
      --api-base http://127.0.0.1:8790/simulator/dingtalk
  countersign run sync.js --stage sync --var approvalInstanceId=… --var accessToken=…
  countersign run callback.js --stage callback --event event.json

The result goes to stdout; log, HTTP calls and errors go to stderr.
Exit: 0 the script did its work, 1 it failed, 2 the command was called wrongly.`;

const collect = (value: string, all: readonly string[] = []): string[] => [...all, value];

/** Each command is loaded when it is called: a script's run need not wait for the whole hub to load. */
function program(output: Output, done: (code: number) => void): Command {
  const command = new Command('countersign')
    .description(
      'Hands a platform’s tasks to DingTalk, Feishu and WeCom approvals: five small scripts, run safely.',
    )
    .version(manifest.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text),
      writeErr: (text) => output.err(text),
      outputError: (text, write) => write(text.replace(/^error:/, 'countersign:')),
    })
    .showSuggestionAfterError()
    .helpCommand(true);
  command
    .command('start')
    .description('start the hub: API, jobs, embedded database or DATABASE_URL, provider simulators')
    .action(async () => {
      const { startCommand } = await import('./commands/start.ts');
      done(await startCommand(output));
    });
  command
    .command('run')
    .description('run one stage script in the sandbox, without server or database')
    .argument('<script.js>', 'the script file')
    .option('--stage <stage>', `which stage it is: ${STAGES.join(', ')}`)
    .option('--provider <name>', `whose client it finds in scope: ${providerNames().join(', ')}`, 'dingtalk')
    .option('--vars <file>', 'variables as a JSON object of texts')
    .option('--var <NAME=value>', 'one variable; may be repeated, wins over --vars', collect)
    .option('--event <file>', 'callback stage: the decrypted event as JSON')
    .option('--api-base <url>', 'where calls to the provider go instead, a simulator for one')
    .option('--allow-host <host:port>', 'a further host the script may call; may be repeated', collect)
    .option('--http <file>', 'answer HTTP calls from a recording; nothing leaves this machine')
    .option('--record <file>', 'write the HTTP calls into a recording, secrets masked')
    .option('--json', 'print everything as one JSON object, for machines')
    .addHelpText('after', RUN_HELP)
    .action(async (script: string, options: RunOptions) => {
      const { runCommand } = await import('./commands/run-stage.ts');
      done(await runCommand(script, options, output));
    });
  command
    .command('simulator')
    .description('run the provider simulators alone, so that they outlive a server restart')
    .option('--port <port>', 'the port on 127.0.0.1', '8790')
    .action(async (options: { port: string }) => {
      const { simulatorCommand } = await import('./commands/simulator.ts');
      done(await simulatorCommand(options, output));
    });
  command
    .command('token')
    .description('API tokens')
    .command('create')
    .description('make an API token and print it, once')
    .requiredOption('--role <role>', `what it may do: ${ROLES.join(', ')}`)
    .requiredOption('--name <name>', 'who will use it, for people')
    .action(async (options: { role: string; name: string }) => {
      const { tokenCreateCommand } = await import('./commands/token.ts');
      done(await tokenCreateCommand(options, output));
    });
  command
    .command('export')
    .description('write everything into one file, secrets under a passphrase')
    .argument('<file>', 'where to; must not exist')
    .action(async (file: string) => {
      const { exportCommand } = await import('./commands/export.ts');
      done(await exportCommand(file, output));
    });
  command
    .command('import')
    .description('put an export into an empty hub; its channels start paused')
    .argument('<file>', 'the export')
    .option('--replace', 'first delete what this hub holds')
    .action(async (file: string, options: { replace?: boolean }) => {
      const { importCommand } = await import('./commands/import.ts');
      done(await importCommand(file, options, output));
    });
  command
    .command('rotate-key')
    .description('encrypt stored secrets anew: from SECRET_KEY_PREVIOUS to SECRET_KEY')
    .action(async () => {
      const { rotateKeyCommand } = await import('./commands/rotate-key.ts');
      done(await rotateKeyCommand(output));
    });
  return command;
}

const STREAMS: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

/**
 * The command line.
 * @param args without node and script, as in process.argv.slice(2)
 * @returns the exit code: 0 ok, 1 the script failed, 2 called wrongly
 */
export async function main(args: readonly string[], output: Output = STREAMS): Promise<number> {
  let code = 0;
  try {
    await program(output, (given) => (code = given)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said it already; help and version end through it too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError || error instanceof ChildStartError)) throw error;
    output.err(`countersign: ${error.message}\n`);
    return 2;
  }
}
