import type { StageRun } from '../executions/stage-run.ts';
import { newId } from '../ids.ts';
import type { ApprovalDeps } from './deps.ts';
import { noteIntent } from './intent-store.ts';
import { hashIntent, placeOf, readIntent } from '../mappings/intent.ts';
import type { Work } from './work.ts';

/**
 * What an attempt's gate has seen. `untouched`: no create call came. `noted`: one may have left. `taken`: another attempt, or a revoke,
 * was there first. `late`: the process slept between writing and sending.
 */
export type GateState = 'untouched' | 'noted' | 'taken' | 'late';

/** The door that a create call passes: what it carries is committed before its first byte leaves. */
export interface Gate {
  /** The attempt's id, which its intent carries. */
  readonly attempt: string;
  readonly beforeCall: NonNullable<StageRun['beforeCall']>;
  /** How it stands once nothing is being written any more: a run may have ended while the database hung. */
  ended(): Promise<GateState>;
}

/** Opens the gate of one attempt to open an approval. */
export function createGate(
  { knex, waits, monotonic }: Pick<ApprovalDeps, 'knex' | 'waits' | 'monotonic'>,
  { approval, channel }: Pick<Work, 'approval' | 'channel'>,
): Gate {
  const attempt = newId();
  const by = { attempt, place: placeOf(channel) };
  const secrets = [channel.stage.appSecret, ...channel.stage.otherSecrets];
  let state: GateState = 'untouched';
  let writing: Promise<unknown> = Promise.resolve();

  async function note(call: { url: string; body: string | null }): Promise<void> {
    const intent = readIntent(channel.protocol, call, by, secrets);
    const before = monotonic();
    const searchMs = waits.search[0] ?? 0;
    if (!(await noteIntent(knex, approval.id, { intent, hash: hashIntent(intent), searchMs }))) {
      // A second create call of a run is refused by the egress; here it is somebody else's.
      state = 'taken';
      throw new Error('The approval is being opened by another attempt, or was revoked.');
    }
    state = 'noted';
    if (monotonic() - before > waits.intentValid) {
      // The search for an uncertain create counts on it: what was not sent by now is never sent.
      state = 'late';
      throw new Error('Too much time passed between noting the call and sending it.');
    }
  }

  return {
    attempt,
    async beforeCall(call) {
      if (!call.creates) return;
      const noting = note(call);
      writing = Promise.allSettled([writing, noting]);
      await noting;
    },
    async ended() {
      await writing;
      return state;
    },
  };
}
