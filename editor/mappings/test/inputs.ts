import type { MappingDetail } from './answers.ts';
import type { Stage } from '../../../server/contract/stage.ts';
import { isRecord, readJson } from './json-text.ts';
import type { JsonMistake } from './json-text.ts';
import type { VariableValues } from './presets.ts';
import { readRecording } from './recording-text.ts';
import type { Handed } from './run-round.ts';

export type Mode = 'live' | 'recorded';

/** Everything that a mapping's stages are tried with, as it stands in the panel. JSON is kept as text, so that no keystroke is lost. */
export interface Inputs {
  readonly variables: VariableValues;
  /** The variables as JSON text, while that text is being edited and cannot be read. */
  readonly brokenVariables?: string | undefined;
  readonly event: string;
  /** "": the hub reads it from the event. */
  readonly eventType: string;
  readonly revokeReason: string;
  readonly mode: Mode;
  readonly recordings: Readonly<Partial<Record<Stage, string>>>;
  /** Of the last create, by mode: what a recording opened does not exist at the provider. */
  readonly instanceIds: Readonly<Record<Mode, string>>;
}

/** The variable that is the mapping's own, whatever a test says. */
export const FIXED_VARIABLE = 'APPROVAL_CODE';

export const TAKES_TOKEN: readonly Stage[] = ['create', 'revoke', 'sync'];
export const TAKES_INSTANCE: readonly Stage[] = ['revoke', 'sync'];

/**
 * What the panel starts with on a machine where this mapping was never tried: what the hub kept of the last test by anybody, else the
 * catalogue's samples.
 */
export function firstInputs({ samples }: Pick<MappingDetail, 'samples'>, catalogue: VariableValues): Inputs {
  const order: readonly Stage[] = ['create', 'sync', 'revoke', 'callback', 'token'];
  const tried = order.map((stage) => samples[stage]?.variables ?? {});
  const variables = tried.find((values) => Object.keys(values).length > 0);
  const { event, eventType } = samples.callback ?? {};
  return {
    variables: variables ?? catalogue,
    event: event === undefined ? '' : JSON.stringify(event, null, 2),
    eventType: eventType ?? '',
    revokeReason: samples.revoke?.revokeReason ?? '',
    mode: 'live',
    recordings: {},
    instanceIds: {
      live: samples.sync?.approvalInstanceId ?? samples.revoke?.approvalInstanceId ?? '',
      recorded: '',
    },
  };
}

/** What the browser kept of an earlier visit, as far as it is readable; the rest is as at first. */
export function keptInputs(kept: unknown, first: Inputs): Inputs {
  if (!isRecord(kept)) return first;
  const texts = (value: unknown): Record<string, string> =>
    Object.fromEntries(
      Object.entries(isRecord(value) ? value : {}).filter(
        (each): each is [string, string] => typeof each[1] === 'string',
      ),
    );
  const text = (value: unknown, other: string): string => (typeof value === 'string' ? value : other);
  return {
    variables: isRecord(kept['variables']) ? texts(kept['variables']) : first.variables,
    ...(typeof kept['brokenVariables'] === 'string' && { brokenVariables: kept['brokenVariables'] }),
    event: text(kept['event'], first.event),
    eventType: text(kept['eventType'], first.eventType),
    revokeReason: text(kept['revokeReason'], first.revokeReason),
    mode: kept['mode'] === 'recorded' ? 'recorded' : 'live',
    recordings: texts(kept['recordings']),
    instanceIds: { ...first.instanceIds, ...texts(kept['instanceIds']) },
  };
}

/** Why a stage cannot be tried with these inputs, and where to mend it. */
export interface InputTrouble {
  readonly where: 'variables' | 'event' | 'recording';
  readonly stage: Stage;
  readonly mistake?: JsonMistake;
  readonly issue?: { readonly path: string; readonly message: string };
}

/** The body of `POST /mappings/:id/test/:stage`. */
export interface TestBody {
  readonly source: string;
  readonly variables: VariableValues;
  readonly accessToken?: string;
  readonly approvalInstanceId?: string;
  readonly event?: Readonly<Record<string, unknown>>;
  readonly eventType?: string;
  readonly revokeReason?: string;
  readonly http?: unknown;
}

/** What is asked of the hub for one stage: only what the stage takes, and nothing that is empty (the hub knows absent from ""). */
export function testBody(
  stage: Stage,
  source: string,
  inputs: Inputs,
  handed: Handed,
): { readonly body: TestBody } | { readonly trouble: InputTrouble } {
  const { mode } = inputs;
  if (inputs.brokenVariables !== undefined) {
    const read = readJson(inputs.brokenVariables);
    return { trouble: { where: 'variables', stage, ...('mistake' in read ? read : {}) } };
  }
  const event = stage === 'callback' ? readJson(inputs.event) : { value: undefined };
  if ('mistake' in event) return { trouble: { where: 'event', stage, mistake: event.mistake } };
  if (stage === 'callback' && !isRecord(event.value)) return { trouble: { where: 'event', stage } };
  const recorded = mode === 'live' ? { calls: undefined } : readRecording(inputs.recordings[stage] ?? '');
  if ('mistake' in recorded) return { trouble: { where: 'recording', stage, mistake: recorded.mistake } };
  if ('issues' in recorded) {
    const [issue] = recorded.issues;
    return { trouble: { where: 'recording', stage, ...(issue === undefined ? {} : { issue }) } };
  }
  const { accessToken = '' } = handed;
  const approvalInstanceId = handed.approvalInstanceId ?? inputs.instanceIds[mode];
  return {
    body: {
      source,
      variables: filled(inputs.variables),
      ...(TAKES_TOKEN.includes(stage) && accessToken !== '' && { accessToken }),
      ...(TAKES_INSTANCE.includes(stage) && approvalInstanceId !== '' && { approvalInstanceId }),
      ...(isRecord(event.value) && { event: event.value }),
      ...(stage === 'callback' && inputs.eventType !== '' && { eventType: inputs.eventType }),
      ...(stage === 'revoke' && inputs.revokeReason !== '' && { revokeReason: inputs.revokeReason }),
      ...(recorded.calls !== undefined && { http: recorded.calls }),
    },
  };
}

/** What keeps one of the stages from being tried with these inputs; undefined when nothing does. */
export function troubleOf(
  stages: readonly Stage[],
  sources: Readonly<Record<Stage, string>>,
  inputs: Inputs,
  handed: Handed,
): InputTrouble | undefined {
  const asked = stages.map((stage) => testBody(stage, sources[stage], inputs, handed));
  return asked.flatMap((each) => ('trouble' in each ? [each.trouble] : []))[0];
}

/** Absent and "" are one to a script, but an absent SQL_CONTENT is the start of SQL_FULL_CONTENT. */
const filled = (values: VariableValues): VariableValues =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== '' && name !== FIXED_VARIABLE),
  );

/** Variables given as JSON: the values, or the names and kinds that are wrong. */
export function readVariables(
  text: string,
  names: readonly string[],
):
  | { readonly values: VariableValues }
  | { readonly mistake: JsonMistake }
  | { readonly wrong: readonly string[] } {
  const read = readJson(text);
  if ('mistake' in read) return read;
  if (!isRecord(read.value)) return { wrong: [] };
  const wrong = Object.entries(read.value).flatMap(([name, value]) =>
    names.includes(name) && typeof value === 'string' ? [] : [name],
  );
  return wrong.length > 0 ? { wrong } : { values: read.value as VariableValues };
}

/** The input of a former test, put in place of what stands in the panel. What it did not have stays. */
export function withFormerInput(inputs: Inputs, input: unknown): Inputs {
  if (!isRecord(input)) return inputs;
  const { variables, event, eventType, revokeReason, approvalInstanceId } = input;
  const text = (value: unknown, other: string): string => (typeof value === 'string' ? value : other);
  return {
    ...inputs,
    ...(isRecord(variables) && {
      variables: Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, text(value, '')]),
      ),
      brokenVariables: undefined,
    }),
    ...(isRecord(event) && { event: JSON.stringify(event, null, 2) }),
    eventType: text(eventType, inputs.eventType),
    revokeReason: text(revokeReason, inputs.revokeReason),
    instanceIds: {
      ...inputs.instanceIds,
      [inputs.mode]: text(approvalInstanceId, inputs.instanceIds[inputs.mode]),
    },
  };
}

/** Whether something in it was masked when it was kept, so that repeating it does not give the script what it had. */
export const hasMasked = (input: unknown): boolean => JSON.stringify([input]).includes('••••');

/** How many characters (code points, as the hub counts) a text has. */
export const charactersOf = (text: string): number => Array.from(text).length;
