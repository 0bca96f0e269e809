import { recordOf } from '../../server/contract/record.ts';
import { STAGES } from '../../server/contract/stage.ts';
import type { Stage } from '../../server/contract/stage.ts';
import type { ByStage } from './types.ts';

export { STAGES } from '../../server/contract/stage.ts';
export type { Stage } from '../../server/contract/stage.ts';

/** Makes something for each of the five stages. */
export const byStage = <T>(make: (stage: Stage) => T): ByStage<T> => recordOf(STAGES, make);

/** The stage that an address names; `create`, where most of the work is, when it names none. */
export const stageOf = (given: string | null): Stage => STAGES.find((stage) => stage === given) ?? 'create';

/** The line that an address names; undefined when it names none. */
export const lineOf = (given: string | null): number | undefined =>
  given !== null && /^[1-9]\d{0,6}$/.test(given) ? Number(given) : undefined;

/** What each stage must return, as authors write it (docs/writing-scripts.md). */
export const RETURNS: ByStage<string> = {
  token: '{accessToken, expiresIn}',
  create: '{approvalInstanceId}',
  revoke: '{revoked: true}',
  callback: '{approvalInstanceId, status} | null',
  sync: '{status, title?, form?, records?, approvers?}',
};

/** What a stage has in scope beside the task variables (docs/writing-scripts.md). */
export const STAGE_SCOPE: ByStage<readonly string[]> = {
  token: ['APP_ID', 'APP_SECRET', 'reqBody'],
  create: ['accessToken', 'fromField', 'reqBody'],
  revoke: ['accessToken', 'approvalInstanceId', 'REVOKE_REASON'],
  callback: ['event', 'eventType'],
  sync: ['accessToken', 'approvalInstanceId'],
};
