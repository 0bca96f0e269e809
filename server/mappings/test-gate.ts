import type { Channel } from '../channels/channel.ts';
import type { Db } from '../db/database.ts';
import type { StageRun } from '../executions/stage-run.ts';
import { newId } from '../ids.ts';
import { hashIntent, placeOf, readIntent } from './intent.ts';
import { noteTestCreate } from './test-approval-store.ts';

/** The door that the create call of one test passes. */
export interface TestGate {
  /** Of what was noted, if a create call came. */
  readonly id: string;
  readonly beforeCall: NonNullable<StageRun['beforeCall']>;
}

/**
 * Opens it: what the call carries is committed before its first byte leaves, as for a task (approvals/gate.ts). A task of the very same
 * content whose own create ends unclear would else take the test's approval for its own.
 */
export function createTestGate(knex: Db, channel: Channel, mappingId: string): TestGate {
  const id = newId();
  const by = { attempt: id, place: placeOf(channel) };
  const secrets = [channel.stage.appSecret, ...channel.stage.otherSecrets];
  return {
    id,
    async beforeCall(call) {
      if (!call.creates) return;
      const intent = readIntent(channel.protocol, call, by, secrets);
      await noteTestCreate(knex, {
        ...{ id, mappingId, channelId: channel.id },
        ...{ intent, hash: hashIntent(intent) },
      });
    },
  };
}
