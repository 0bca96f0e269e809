import { createHash, randomUUID } from 'node:crypto';
import type { Db } from '../db/database.ts';
import type { StageResult } from '../contract/stage.ts';
import type { CallContext, RunScripts, StageEnd } from '../executions/scripts.ts';
import type { Log } from '../log.ts';
import { UnsealError } from '../secrets/seal.ts';
import type { Sealer } from '../secrets/seal.ts';
import type { Channel } from './channel.ts';
import { dropToken, findToken, giveLeaseBack, renewLease, storeToken, takeLease } from './token-store.ts';
import type { TokenKey } from './token-store.ts';

export type TokenAnswer = { readonly accessToken: string } | { readonly failed: StageEnd };

/** Access tokens, fetched by the token stage and kept encrypted: one for each channel and text of the token script. */
export interface Tokens {
  /** A token that is good for a while yet; fetched when none is kept. `failed` is the token stage's own run. */
  get(channel: Channel, scripts: RunScripts, context: CallContext): Promise<TokenAnswer>;
  /** The provider says that this token is bad: it is not given out again. Nothing happens when a newer one is kept by now. */
  drop(channel: Channel, scripts: RunScripts, accessToken: string): Promise<void>;
}

export interface TokensDeps {
  readonly knex: Db;
  readonly sealer: Sealer;
  /** Runs the mapping's token stage and records it. */
  readonly runTokenStage: (channel: Channel, scripts: RunScripts, context: CallContext) => Promise<StageEnd>;
  readonly log: Log;
  readonly waits?: TokenWaits;
}

/** In milliseconds. */
export interface TokenWaits {
  /** A process that dies while it fetches keeps the others waiting no longer than this. */
  readonly lease: number;
  /** Between two looks for what another process fetches. */
  readonly look: number;
}

const WAITS: TokenWaits = { lease: 25_000, look: 200 };

/** How much before its end a token is not used any more: a call takes its time, and clocks differ. */
const MARGIN_MS = 5 * 60_000;
const MARGIN_SHARE = 0.1;
/** A provider that names no sensible end is asked again once a month. */
const LONGEST_MS = 30 * 24 * 3_600_000;

/** How long a token that is valid for `expiresIn` seconds may be used, in milliseconds. */
export function usableMs(expiresIn: number): number {
  const validMs = Math.min(expiresIn * 1000, LONGEST_MS);
  return Math.floor(validMs - Math.min(MARGIN_MS, validMs * MARGIN_SHARE));
}

export function createTokens({ knex, sealer, runTokenStage, log, waits = WAITS }: TokensDeps): Tokens {
  /** Fetches under way in this process, by key: who comes meanwhile shares them. */
  const fetches = new Map<string, Promise<TokenAnswer>>();

  async function held(key: TokenKey): Promise<string | undefined> {
    const sealed = await findToken(knex, key);
    return sealed === undefined ? undefined : opened(key, sealed);
  }

  /** A token that cannot be opened is as good as none: another one is fetched. */
  async function opened(key: TokenKey, sealed: string): Promise<string | undefined> {
    try {
      return sealer.open(sealed, aboutOf(key));
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error;
      log.warn({ channelId: key.channelId, err: error }, 'a kept access token cannot be opened');
      await dropToken(knex, key, sealed);
      return undefined;
    }
  }

  const told = (key: TokenKey, what: string) => (error: unknown) =>
    log.warn({ channelId: key.channelId, err: error }, what);

  async function fetchUnderLease(
    key: TokenKey,
    by: string,
    run: () => Promise<StageEnd>,
  ): Promise<TokenAnswer> {
    const renewing = setInterval(() => {
      renewLease(knex, key, by, waits.lease).catch(told(key, 'the lease on a token fetch was not renewed'));
    }, waits.lease / 3);
    const startedAt = performance.now();
    let isStored = false;
    try {
      const end = await run();
      const result = end.outcome.result as Partial<StageResult<'token'>> | null | undefined;
      if (result?.accessToken === undefined || result.expiresIn === undefined) return { failed: end };
      const sealed = sealer.seal(result.accessToken, aboutOf(key));
      // The provider's clock ran while its answer was on the way.
      const left = usableMs(result.expiresIn) - (performance.now() - startedAt);
      await storeToken(knex, key, by, { sealed, usableMs: Math.max(0, Math.floor(left)) });
      isStored = true;
      return { accessToken: result.accessToken };
    } finally {
      clearInterval(renewing);
      // Else the others wait for the lease to end by itself.
      if (!isStored)
        await giveLeaseBack(knex, key, by).catch(told(key, 'the lease on a token fetch was kept'));
    }
  }

  /** Fetches, or waits for whoever fetches already, in whatever process. */
  async function fetched(key: TokenKey, run: () => Promise<StageEnd>): Promise<TokenAnswer> {
    const by = randomUUID();
    for (;;) {
      if (await takeLease(knex, key, by, waits.lease)) return fetchUnderLease(key, by, run);
      const accessToken = await held(key);
      if (accessToken !== undefined) return { accessToken };
      await new Promise((done) => setTimeout(done, waits.look));
    }
  }

  return {
    async get(channel, scripts, context) {
      const key = keyOf(channel, scripts);
      const accessToken = await held(key);
      if (accessToken !== undefined) return { accessToken };
      const name = aboutOf(key);
      const underWay = fetches.get(name);
      if (underWay !== undefined) return underWay;
      const fetching = fetched(key, () => runTokenStage(channel, scripts, context)).finally(() =>
        fetches.delete(name),
      );
      fetches.set(name, fetching);
      return fetching;
    },

    async drop(channel, scripts, accessToken) {
      const key = keyOf(channel, scripts);
      const sealed = await findToken(knex, key);
      if (sealed !== undefined && (await opened(key, sealed)) === accessToken)
        await dropToken(knex, key, sealed);
    },
  };
}

function keyOf(channel: Channel, scripts: RunScripts): TokenKey {
  const scriptHash = createHash('sha256').update(scripts.sources.token, 'utf8').digest('hex');
  return { channelId: channel.id, scriptHash };
}

/** What a sealed token is bound to (secrets/seal.ts); key rotation spells it the same way. */
const aboutOf = ({ channelId, scriptHash }: TokenKey): string => `channel:${channelId}:token:${scriptHash}`;
