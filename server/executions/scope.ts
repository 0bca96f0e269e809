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
 * The names in scope whose values are text (contract: "In scope for every stage", and the stages' extras).
 * What the run does not have is "".
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
