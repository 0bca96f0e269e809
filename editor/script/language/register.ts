import { languages } from 'monaco-editor/editor';
import { conf, language } from 'monaco-editor/languages/definitions/javascript/javascript';
import { PLAIN_LANGUAGE, SCRIPT_LANGUAGE } from '../languages.ts';
import { formatting, spelling } from './changes.ts';
import { completion } from './completion.ts';
import { hover, signatures } from './explanation.ts';
import { fieldCompletion, fieldReplacement } from './fields.ts';
import { definition, highlights, references, rename } from './navigation.ts';

/**
 * Makes both languages known to Monaco. They are languages of our own, with the colours of JavaScript: Monaco's `javascript` would start
 * a worker that knows neither stages nor Java's typed forms.
 */
export function registerLanguages(): void {
  for (const id of [SCRIPT_LANGUAGE, PLAIN_LANGUAGE]) {
    languages.register({ id });
    languages.setMonarchTokensProvider(id, language);
    languages.setLanguageConfiguration(id, conf);
  }
  languages.registerCompletionItemProvider(SCRIPT_LANGUAGE, completion);
  languages.registerCompletionItemProvider(SCRIPT_LANGUAGE, fieldCompletion);
  languages.registerHoverProvider(SCRIPT_LANGUAGE, hover);
  languages.registerSignatureHelpProvider(SCRIPT_LANGUAGE, signatures);
  languages.registerDefinitionProvider(SCRIPT_LANGUAGE, definition);
  languages.registerReferenceProvider(SCRIPT_LANGUAGE, references);
  languages.registerDocumentHighlightProvider(SCRIPT_LANGUAGE, highlights);
  languages.registerRenameProvider(SCRIPT_LANGUAGE, rename);
  languages.registerDocumentRangeFormattingEditProvider(SCRIPT_LANGUAGE, formatting);
  languages.registerCodeActionProvider(SCRIPT_LANGUAGE, spelling);
  languages.registerCodeActionProvider(SCRIPT_LANGUAGE, fieldReplacement);
}
