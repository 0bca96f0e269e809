import { readdirSync, readFileSync } from 'node:fs';
import type { ProviderEntry } from '../contract/catalogue.ts';
import type { Provider } from '../providers/provider.ts';

const SCRIPTS = new URL('../../scripts/', import.meta.url);

/** What every script has in scope, for editors: the declarations by file name (`globals.d.ts`). */
export function readDeclarations(): Record<string, string> {
  const files = readdirSync(SCRIPTS).filter((file) => file.endsWith('.d.ts'));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(new URL(file, SCRIPTS), 'utf8')]));
}

/**
 * A provider as the editor shows it.
 * @param simulatorsAt where this server's simulators are, without a slash at the end; undefined when none run
 */
export function showProvider(provider: Provider, simulatorsAt: string | undefined): ProviderEntry {
  const { name, label, callbackTypes, hosts, definition, steps, links, events } = provider;
  const { client, types, stages } = provider;
  return {
    name,
    label,
    fields: provider.fields.map(({ key, label: title, help, secret, required }) => ({
      ...{ key, label: title, help, secret, required },
    })),
    callbackTypes,
    hosts: hosts.map(({ host }) => host),
    help: { definition, steps, links },
    monthlyCalls: provider.monthlyCalls,
    simulator: simulatorsAt === undefined ? null : showSimulator(provider, simulatorsAt),
    events,
    client,
    types,
    scripts: stages,
  };
}

/** The start state of a provider's simulator: known to everybody, and good for nothing else. */
function showSimulator({ demo }: Provider, simulatorsAt: string): ProviderEntry['simulator'] {
  const { appId, appSecret, defaultOriginator, definitionId, simulatorPath } = demo;
  return {
    url: simulatorsAt + simulatorPath,
    ...{ appId, appSecret, defaultOriginator, approvalDefinitionId: definitionId },
  };
}
