import { hostsFor } from '../providers/provider.ts';
import type { EgressPolicy } from '../sandbox/egress.ts';
import type { Limits } from '../sandbox/limits.ts';
import type { StageRun } from './stage-run.ts';

/** Headers of one message, both ways, names and values together. */
const HEADER_BYTES = 32 * 1024;

/**
 * What one run's scripts may reach: the provider's hosts (sent to the channel's base URLs when it has any), the base
 * URLs themselves, and what an admin allows (docs/writing-scripts.md#limits).
 */
export function egressPolicy(
  run: Pick<StageRun, 'provider' | 'channel' | 'ownOrigins' | 'beforeCall'>,
  limits: Limits,
): EgressPolicy {
  const { provider, channel } = run;
  return {
    providerHosts: hostsFor(provider, channel),
    allowedHosts: channel.allowedHosts,
    createCalls: provider.createCalls,
    readCalls: provider.readCalls,
    ownOrigins: run.ownOrigins ?? [],
    limits: {
      calls: limits.httpCalls,
      callMs: limits.httpMs,
      outBytes: limits.httpOutBytes,
      inBytes: limits.httpInBytes,
      redirects: limits.redirects,
      headerBytes: HEADER_BYTES,
    },
    ...(run.beforeCall === undefined ? {} : { beforeCall: run.beforeCall }),
  };
}
