import type { TestInput } from '../contract/mapping.ts';
import type { Stage } from '../contract/stage.ts';
import { completeVariables, VARIABLE_NAMES } from '../contract/variables.ts';
import type { GivenVariables, VariableName, Variables } from '../contract/variables.ts';
import { AppError, invalid } from '../errors.ts';
import type { FieldError } from '../errors.ts';
import { nearest } from './diagnose/nearest.ts';

/**
 * Checks and completes the variables of a test run. APPROVAL_CODE is the mapping's definition, as it is for a task.
 * @throws AppError INVALID_INPUT naming each wrong variable and the one that was meant
 */
export function testVariables(given: TestInput['variables'] = {}, approvalDefinitionId: string): Variables {
  const errors = Object.entries(given).flatMap(([name, value]): FieldError[] => {
    const path = `variables.${name}`;
    if (!isVariable(name)) {
      const meant = nearest(name, VARIABLE_NAMES, 0.3);
      return [{ path, message: `is no variable.${meant === undefined ? '' : ` Did you mean ${meant}?`}` }];
    }
    if (typeof value !== 'string') return [{ path, message: 'must be text: put it in quotes.' }];
    if (name === 'APPROVAL_CODE' && value !== '' && value !== approvalDefinitionId)
      return [
        { path, message: `is the mapping's approval definition, "${approvalDefinitionId}": leave it out.` },
      ];
    return [];
  });
  const [first] = errors;
  if (first !== undefined) throw new AppError('INVALID_INPUT', `${first.path} ${first.message}`, { errors });
  return completeVariables({ ...(given as GivenVariables), APPROVAL_CODE: approvalDefinitionId });
}

const isVariable = (name: string): name is VariableName => VARIABLE_NAMES.some((each) => each === name);

/**
 * An event is what the callback stage reads, so that one without is a mistake of the caller; and only that stage reads one.
 * @throws AppError INVALID_INPUT
 */
export function checkEvent(stage: Stage, { event }: TestInput): void {
  if (stage === 'callback' && event === undefined)
    throw invalid('event', 'must be given for the callback stage: the decrypted payload of one event.');
  if (stage !== 'callback' && event !== undefined)
    throw invalid('event', `is for the callback stage, not for ${stage}: leave it out.`);
}
