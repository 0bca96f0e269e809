import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { STAGES, type Stage } from '../contract/stage.ts';

/** One folder a provider: what an integrator sees and may change. */
const SCRIPTS = new URL('../../scripts/', import.meta.url);

/** A channel's settings that say where calls to a provider's host really go. */
const BASES = ['apiBaseUrl', 'legacyApiBaseUrl'] as const;

const text = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });
const key = z.string().min(1);
/** What the hub itself asks a provider, beside the stages: one script each in the provider's folder hub/. */
export const QUESTIONS = ['find', 'probe', 'form', 'permissions', 'connect'] as const;
export type Question = (typeof QUESTIONS)[number];

const call = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  // `*` stands for one whole segment of the path.
  path: z.string().regex(/^(\/(\*|[^/*?#]+))+$/, 'must be a path such as /v1.0/oauth2/*/token'),
});

const hosts = z.array(z.strictObject({ host: z.hostname(), base: z.array(z.enum(BASES)) }));

const description = z.strictObject({
  name: z.string().regex(/^[a-z]+$/),
  label: text,
  fields: z.array(
    z.strictObject({
      key,
      label: text,
      help: text,
      secret: z.boolean(),
      required: z.boolean(),
      format: z.strictObject({ pattern: z.string().min(1), must: text }).optional(),
    }),
  ),
  callbackTypes: z.array(z.enum(['webhook', 'persistent'])).min(1),
  hosts: hosts.min(1),
  connectionHosts: hosts,
  createCalls: z.array(call).min(1),
  readCalls: z.array(call),
  monthlyCalls: z.int().min(0),
  countedPaths: z.array(z.string().startsWith('/')),
  freeAnswers: z.array(z.string().min(1)),
  event: z.strictObject({
    type: z.array(key).min(1),
    instanceId: z.array(key).min(1),
    definitionId: z.array(key).min(1),
    corpId: z.array(key).min(1),
    eventId: z.array(key),
    eventIdFallback: z.array(key).min(1),
  }),
  approvalUrl: z.url().optional(),
  definition: z.strictObject({ label: text, help: text }),
  steps: z.array(text),
  links: z.array(z.strictObject({ label: text, url: z.url() })),
  demo: z.strictObject({
    appId: key,
    appSecret: key,
    definitionId: key,
    defaultOriginator: z.string(),
    simulatorPath: z.string().startsWith('/'),
  }),
});

/**
 * What provider.json says.
 * `fields`: the channel's settings that the provider knows, and which of them are secret; `format` is what a value must be
 * (a regular expression for the whole of it, and the same in words: "must be …").
 * `connectionHosts`: where connections for events are made, none where a provider has no such thing. Scripts cannot call them.
 * `createCalls`: calls that open an approval, of which one run may send one. `readCalls`: POSTs that change nothing.
 * `monthlyCalls`: the calls a month that a company has without buying more, of which a new channel is told. Calls whose path holds
 * one of `countedPaths` count against them, unless the answer holds one of `freeAnswers`.
 * `event`: the keys of a decrypted event that hold each thing, the first present one counts; an event without an id is
 * known by its `eventIdFallback` values together (keys in any case). `demo`: the start state of the provider's simulator, which the
 * first start makes a channel and a mapping of; `simulatorPath` is where it lives on this server. `approvalUrl`: a link with {corpId} and {approvalInstanceId} to fill in.
 */
export type ProviderDescription = z.infer<typeof description>;

/** Events to try a callback script with; `{approvalInstanceId}`, `{approvalDefinitionId}` and `{now}` in them are to be filled in. */
const eventSamples = z.array(z.strictObject({ label: text, payload: z.record(z.string(), z.json()) })).min(1);

export interface Provider extends ProviderDescription {
  /** Decrypted events as the provider pushes them (events.json), one of each kind that matters. */
  readonly events: z.infer<typeof eventSamples>;
  /** The body of a function that returns the client object which the stages have in scope under the provider's name. */
  readonly client: string;
  /** Declarations of the client for editors, beside scripts/globals.d.ts and scripts/stage.d.ts. */
  readonly types: string;
  /** The default script of each stage. */
  readonly stages: Readonly<Record<Stage, string>>;
  /** The script of each question that the hub itself asks (executions/ask.ts). */
  readonly questions: Readonly<Record<Question, string>>;
}

export class UnknownProviderError extends Error {
  override readonly name = 'UnknownProviderError';
}

/** The names of all providers, in alphabetical order. */
export function providerNames(): string[] {
  const folders = readdirSync(SCRIPTS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map((folder) => folder.name).sort();
}

/**
 * Reads a provider's folder.
 * @throws UnknownProviderError for a name without a folder, naming those that have one
 * @throws Error when provider.json or events.json is not what it must be, naming the place in it
 */
export function loadProvider(name: string): Provider {
  const known = providerNames();
  if (!known.includes(name)) {
    throw new UnknownProviderError(`There is no provider "${name}". Known: ${known.join(', ')}.`);
  }
  const folder = new URL(`${name}/`, SCRIPTS);
  const parsed = description.safeParse(JSON.parse(read(folder, 'provider.json')));
  if (!parsed.success) throw new Error(`scripts/${name}/provider.json: ${z.prettifyError(parsed.error)}`);
  const events = eventSamples.safeParse(JSON.parse(read(folder, 'events.json')));
  if (!events.success) throw new Error(`scripts/${name}/events.json: ${z.prettifyError(events.error)}`);
  return {
    ...parsed.data,
    events: events.data,
    client: clientText(folder),
    types: read(folder, `${name}.d.ts`),
    stages: texts(folder, STAGES),
    questions: texts(new URL('hub/', folder), QUESTIONS),
  };
}

/**
 * Where calls to a provider's hosts go for one channel: `base` is the first of its base URLs that the channel has;
 * without one, calls go to the host itself.
 */
export function hostsFor(
  provider: Pick<ProviderDescription, 'hosts'>,
  channel: Readonly<Partial<Record<(typeof BASES)[number], string>>>,
): { host: string; base?: string }[] {
  return provider.hosts.map(({ host, base: names }) => {
    const base = names.map((name) => channel[name]).find((url) => url !== undefined && url !== '');
    return base === undefined ? { host } : { host, base };
  });
}

/**
 * The files of client/ in the order of their names, then client.js, which returns the object made of them. By the line that
 * stands before each, sandbox/stack.ts tells which file a frame is of.
 */
function clientText(folder: URL): string {
  const parts = readdirSync(new URL('client/', folder))
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => `client/${file}`);
  return [...parts, 'client.js'].map((file) => `// ---- ${file} ----\n\n${read(folder, file)}`).join('\n');
}

function texts<N extends string>(folder: URL, names: readonly N[]): Record<N, string> {
  return Object.fromEntries(names.map((name) => [name, read(folder, `${name}.js`)])) as Record<N, string>;
}

function read(folder: URL, file: string): string {
  return readFileSync(fileURLToPath(new URL(file, folder)), 'utf8');
}
