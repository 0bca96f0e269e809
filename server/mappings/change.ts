import { recordAudit } from '../audit/record.ts';
import { LIMIT_KEYS } from '../contract/limits.ts';
import type { MappingChange } from '../contract/mapping.ts';
import type { Db } from '../db/database.ts';
import type { MappingRow } from '../db/tables.ts';
import { AppError } from '../errors.ts';
import { LimitSettingError, resolveLimits } from '../sandbox/limits.ts';
import { deleteMapping, lockMapping, updateMapping, usesOfMapping } from './store.ts';
import type { Who } from './who.ts';

/**
 * Changes a mapping's name, definition or limits. Published versions keep the definition and limits that they were published with.
 * @throws AppError NOT_FOUND, CONFLICT for a name that the channel has already, INVALID_INPUT for limits the host does not grant
 */
export async function changeMapping(knex: Db, id: string, change: MappingChange, who: Who): Promise<void> {
  const { name, approvalDefinitionId, limits } = change;
  if (limits !== undefined) checkLimits(limits);
  await knex.transaction(async (trx) => {
    const before = await lockMapping(trx, id);
    await updateMapping(trx, id, {
      ...(name === undefined ? {} : { name }),
      ...(approvalDefinitionId === undefined || approvalDefinitionId === before.approval_definition_id
        ? {}
        : { approval_definition_id: approvalDefinitionId }),
      ...(limits === undefined ? {} : { limits }),
    });
    await recordAudit(trx, {
      ...who,
      ...{ action: 'update', objectType: 'mapping', objectId: id },
      before: settingsOf(before, change),
      after: change,
    });
  });
}

/** Of the old settings, those that a change names. */
function settingsOf(row: MappingRow, change: MappingChange): MappingChange {
  return {
    ...(change.name === undefined ? {} : { name: row.name }),
    ...(change.approvalDefinitionId === undefined
      ? {}
      : { approvalDefinitionId: row.approval_definition_id }),
    ...(change.limits === undefined ? {} : { limits: row.limits }),
  };
}

/** @throws AppError INVALID_INPUT naming each wrong limit and its range */
function checkLimits(limits: Readonly<Record<string, number>>): void {
  const errors = Object.entries(limits).flatMap(([key, value]) => {
    const message = wrongOf(key, value);
    return message === undefined ? [] : [{ path: `limits.${key}`, message }];
  });
  const [first] = errors;
  if (first !== undefined) throw new AppError('INVALID_INPUT', `${first.path} ${first.message}`, { errors });
}

/** What is wrong with one limit; undefined when nothing is. */
function wrongOf(key: string, value: number): string | undefined {
  try {
    resolveLimits({ [key]: value });
    return undefined;
  } catch (error) {
    if (!(error instanceof LimitSettingError)) throw error;
    const isKnown = LIMIT_KEYS.some((each) => each === key);
    return isKnown ? wordsOf(error) : `is no limit. Limits: ${LIMIT_KEYS.join(', ')}.`;
  }
}

/** `The limit cpuMs must be …` → `must be …`: the field is named before it. */
const wordsOf = ({ message }: Error): string => message.replace(/^The limit \w+ /, '');

/**
 * Deletes a mapping with its draft, versions and executions.
 * @throws AppError NOT_FOUND, IN_USE when bindings name it or tasks (open ones, or finished ones that are still kept) were approved by it
 */
export async function removeMapping(knex: Db, id: string, who: Who): Promise<void> {
  await knex.transaction(async (trx) => {
    const {
      name,
      channel_id: channelId,
      approval_definition_id: approvalDefinitionId,
    } = await lockMapping(trx, id);
    const { bindings, tasks, openTasks } = await usesOfMapping(trx, id);
    if (bindings.length > 0)
      throw new AppError(
        'IN_USE',
        `Bindings of ${bindings.join(', ')} name "${name}": delete or change them first.`,
      );
    if (openTasks > 0)
      throw new AppError(
        'IN_USE',
        `${openTasks} open tasks stand on "${name}": wait until they are decided, or revoke them.`,
      );
    if (tasks > 0)
      throw new AppError(
        'IN_USE',
        `${tasks} finished tasks were approved by "${name}" and are still kept with their history: it can be deleted when they are gone (RETENTION_DAYS).`,
      );
    await deleteMapping(trx, id);
    const before = { name, channelId, approvalDefinitionId };
    await recordAudit(trx, { ...who, action: 'delete', objectType: 'mapping', objectId: id, before });
  });
}
