import type { z } from 'zod';
import { STAGE_RESULTS } from '../contract/stage.ts';
import type { Stage, StageResult } from '../contract/stage.ts';

/** What each stage must return, in the words of the contract's table. */
const EXPECTED: Readonly<Record<Stage, string>> = {
  token: '{accessToken, expiresIn}',
  create: '{approvalInstanceId}',
  revoke: '{revoked: true}',
  callback: '{approvalInstanceId, status}, or null for an event that changes nothing',
  sync: '{status, title?, form?, records?, approvers?}',
};

/** Says at which path the answer is not what the stage must return: `approvers[0].userId`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function told(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return '';
  const path = pathOf(issue.path);
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

/**
 * Checks a stage's answer (contract: stage scripts).
 * @param json the answer as JSON text; undefined when the script answered undefined and nothing finished it
 * @returns the answer, or what is wrong with it, for SCRIPT_RESULT
 */
export function checkResult(
  stage: Stage,
  json: string | undefined,
): { value: StageResult } | { wrong: string } {
  const must = `The ${stage} stage must return ${EXPECTED[stage]}`;
  if (json === undefined) return { wrong: `${must}; the script returned nothing.` };
  const given: unknown = JSON.parse(json);
  const checked = STAGE_RESULTS[stage].safeParse(given);
  if (checked.success) return { value: checked.data };
  const [issue] = checked.error.issues;
  return { wrong: `${must}; in what the script returned, ${told(issue)}.` };
}
