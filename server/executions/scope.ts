import { STAGES } from '../contract/stage.ts';
import type { Stage } from '../contract/stage.ts';
import type { StageRun } from './stage-run.ts';

/** The Java-flavoured objects that a stage fills in. */
export const STAGE_OBJECTS: Readonly<Record<Stage, readonly string[]>> = {
  token: ['reqBody'],
  create: ['fromField', 'reqBody'],
  revoke: [],
  callback: [],
  sync: [],
};

/**
 * The names in scope whose values are text (docs/writing-scripts.md).
 * Those that the run does not have are "".
 */
export function globalsOf(run: StageRun): Record<string, string> {
  const { stage, channel, variables } = run;
  const token = { accessToken: run.accessToken ?? '' };
  const instance = { approvalInstanceId: run.approvalInstanceId ?? '' };
  const extras: Readonly<Record<Stage, Record<string, string>>> = {
    token: { APP_ID: channel.appId, APP_SECRET: channel.appSecret },
    create: token,
    revoke: { ...token, ...instance, REVOKE_REASON: run.revokeReason ?? '' },
    callback: { eventType: run.eventType ?? '' },
    sync: { ...token, ...instance },
  };
  return {
    ...variables,
    API_BASE_URL: channel.apiBaseUrl,
    DEFAULT_ORIGINATOR: channel.defaultOriginator,
    CORP_ID: channel.corpId,
    ...extras[stage],
  };
}

/** What every stage has besides the variables: names of the sandbox and of JavaScript that authors are likely to misspell. */
const COMMON_NAMES: readonly string[] = (
  'console fetch crypto setTimeout clearTimeout structuredClone atob btoa URL URLSearchParams TextEncoder TextDecoder ' +
  'JSONObject JSONArray ArrayList HashMap LinkedHashMap StringBuilder System Integer Long Double Objects Arrays Exception ' +
  'JSON Math String Number Boolean Object Array Date Map Set Promise RegExp Error BigInt undefined parseInt parseFloat ' +
  'encodeURIComponent decodeURIComponent'
).split(' ');

/** The names that a script can use, to suggest the nearest one for an unknown name. */
export interface KnownNames {
  readonly inScope: readonly string[];
  /** Names that only other stages have, with those stages. */
  readonly elsewhere: ReadonlyMap<string, readonly Stage[]>;
}

/** The names in scope of a run, JavaScript's rarer ones left out, and those of the other stages. */
export function namesOf(run: StageRun): KnownNames {
  const ofStage = (stage: Stage): string[] => [
    ...Object.keys(globalsOf({ ...run, stage })),
    ...STAGE_OBJECTS[stage],
    ...(stage === 'callback' ? ['event'] : []),
  ];
  const inScope = [...ofStage(run.stage), run.provider.name, ...COMMON_NAMES];
  const elsewhere = new Map<string, Stage[]>();
  for (const stage of STAGES) {
    for (const name of ofStage(stage).filter((each) => !inScope.includes(each)))
      elsewhere.set(name, [...(elsewhere.get(name) ?? []), stage]);
  }
  return { inScope, elsewhere };
}
