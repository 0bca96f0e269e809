import { readFile } from 'node:fs/promises';
import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { recording } from '../contract/recording.ts';
import type { Recording } from '../contract/recording.ts';
import { completeVariables, VARIABLE_NAMES } from '../contract/variables.ts';
import type { GivenVariables, VariableName, Variables } from '../contract/variables.ts';
import { codeOf } from '../errors.ts';
import { UsageError } from './usage-error.ts';

/** What `--var` sets beside the 31 variables (docs/command-line.md). */
const EXTRA_NAMES = [
  'accessToken',
  'approvalInstanceId',
  'APP_ID',
  'APP_SECRET',
  'eventType',
  'REVOKE_REASON',
  'DEFAULT_ORIGINATOR',
] as const;
export type ExtraName = (typeof EXTRA_NAMES)[number];

export interface Inputs {
  readonly variables: Variables;
  readonly extras: Readonly<Partial<Record<ExtraName, string>>>;
}

async function readBytes(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = codeOf(error);
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${String(code)})`;
    throw new UsageError(`${what} ${path}: ${why}.`);
  }
}

/** Reads a text file. @throws UsageError when it is missing or not UTF-8 */
export async function readText(path: string, what: string): Promise<string> {
  const bytes = await readBytes(path, what);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${what} ${path} is not UTF-8 text: save it as UTF-8.`);
  }
}

/** Reads a JSON file. @throws UsageError naming the place of the first mistake */
export async function readJson(path: string, what: string): Promise<unknown> {
  const text = await readText(path, what);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${what} ${path} is not JSON: ${(error as Error).message}.`);
  }
}

/** Reads a recording for `--http`. @throws UsageError naming the path and what belongs there */
export async function readRecording(path: string): Promise<Recording> {
  const checked = recording.safeParse(await readJson(path, '--http'));
  if (checked.success) return checked.data;
  throw new UsageError(`--http ${path}: ${firstIssue(checked.error)}.`);
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it cannot be read';
  const path = issue.path.map(String).join('.');
  return path === '' ? issue.message : `${path} ${issue.message}`;
}

const KNOWN: ReadonlySet<string> = new Set([...VARIABLE_NAMES, ...EXTRA_NAMES]);

function checkName(name: string, where: string): void {
  if (KNOWN.has(name)) return;
  const near = nearest(name);
  const hint = near === undefined ? `Known: ${[...KNOWN].join(', ')}.` : `Did you mean ${near}?`;
  throw new UsageError(`${where}: there is no variable called "${name}". ${hint}`);
}

/** The known name that differs by a letter or two, case aside. */
function nearest(name: string): string | undefined {
  const known = [...KNOWN];
  const at = known
    .map((each) => each.toLowerCase())
    .indexOf(
      closest(
        name.toLowerCase(),
        known.map((each) => each.toLowerCase()),
      ),
    );
  const found = known[at];
  return found !== undefined && distance(found.toLowerCase(), name.toLowerCase()) <= 2 ? found : undefined;
}

/**
 * Puts `--vars file` and `--var NAME=value …` together; a `--var` wins.
 * @param file the JSON of `--vars`, undefined when there is none
 * @throws UsageError naming the variable
 */
export function readInputs(
  file: { path: string; json: unknown } | undefined,
  pairs: readonly string[],
): Inputs {
  const given: Partial<Record<string, string>> = {};
  if (file !== undefined) {
    const { path, json } = file;
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new UsageError(`--vars ${path} must hold an object: {"TASK_ID": "T-1"}.`);
    }
    for (const [name, value] of Object.entries(json)) {
      checkName(name, `--vars ${path}`);
      if (typeof value !== 'string')
        throw new UsageError(`--vars ${path}: ${name} must be text: put it in quotes.`);
      given[name] = value;
    }
  }
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--var ${pair}: write it as NAME=value.`);
    const name = pair.slice(0, at);
    checkName(name, '--var');
    given[name] = pair.slice(at + 1);
  }
  const variables: GivenVariables = {};
  for (const name of VARIABLE_NAMES)
    if (given[name] !== undefined) variables[name satisfies VariableName] = given[name];
  const extras: Partial<Record<ExtraName, string>> = {};
  for (const name of EXTRA_NAMES) if (given[name] !== undefined) extras[name] = given[name];
  return { variables: completeVariables(variables), extras };
}
