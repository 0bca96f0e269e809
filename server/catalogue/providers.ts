import { readdirSync, readFileSync } from 'node:fs';
import type { ProviderEntry } from '../contract/catalogue.ts';
import type { Provider } from '../providers/provider.ts';

const SCRIPTS = new URL('../../scripts/', import.meta.url);

/** What every script has in scope, for editors: the declarations by file name (`globals.d.ts`). */
export function readDeclarations(): Record<string, string> {
  const files = readdirSync(SCRIPTS).filter((file) => file.endsWith('.d.ts'));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(new URL(file, SCRIPTS), 'utf8')]));
}

/** A provider as the editor shows it. */
export function showProvider(provider: Provider): ProviderEntry {
  const { name, label, callbackTypes, hosts, definition, steps, links, client, types, stages } = provider;
  return {
    name,
    label,
    fields: provider.fields.map(({ key, label: title, help, secret, required }) => ({
      ...{ key, label: title, help, secret, required },
    })),
    callbackTypes,
    hosts: hosts.map(({ host }) => host),
    help: { definition, steps, links },
    client,
    types,
    scripts: stages,
  };
}
