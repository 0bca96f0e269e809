import { editor, Uri } from 'monaco-editor/editor';
import globals from '../../scripts/globals.d.ts?raw';
import java from '../../scripts/java.d.ts?raw';
import stage from '../../scripts/stage.d.ts?raw';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { Variable } from '../../server/contract/variables.ts';
import { declarationsOf } from './declarations.ts';
import { setLibraries } from './language/service.ts';
import { PLAIN_LANGUAGE } from './languages.ts';
import { fileIn } from './places.ts';

let told = '';

/** Tells the worker what the sandbox has in scope; does nothing when it was told the same before. */
export function declareSandbox(provider: ProviderEntry, variables: readonly Variable[]): void {
  const libraries = declarationsOf({ globals, java, stage }, [provider], variables);
  const text = JSON.stringify(libraries);
  if (text === told) return;
  told = text;
  // Declarations that somebody went to before are of the past.
  for (const { filePath } of libraries) editor.getModel(Uri.parse(filePath))?.dispose();
  setLibraries(libraries);
}

/** The source of a provider's client, to look at; going to a definition finds it by its address. */
export function clientModel({ name, client }: Pick<ProviderEntry, 'name' | 'client'>): editor.ITextModel {
  const uri = Uri.parse(fileIn('client', `${name}.js`));
  return editor.getModel(uri) ?? editor.createModel(client, PLAIN_LANGUAGE, uri);
}
