import { loadProvider, providerNames } from './provider.ts';
import type { Provider } from './provider.ts';
import type { ProviderProtocol } from './protocol.ts';

/** All that the hub knows of one provider: what scripts/ says of it, and how its wire is read. */
export interface KnownProvider {
  readonly provider: Provider;
  readonly protocol: ProviderProtocol;
}

export type Providers = ReadonlyMap<string, KnownProvider>;

/**
 * Reads every provider's folders, by name: scripts/<name>/ and the protocol.ts of server/providers/<name>/.
 * @throws Error when one of the two is missing or wrong
 */
export async function loadProviders(): Promise<Providers> {
  const known = providerNames().map(async (name): Promise<[string, KnownProvider]> => {
    const { protocol } = (await import(`./${name}/protocol.ts`)) as { protocol: ProviderProtocol };
    return [name, { provider: loadProvider(name), protocol }];
  });
  return new Map(await Promise.all(known));
}
