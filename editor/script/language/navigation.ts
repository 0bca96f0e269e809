import { editor, languages, Uri } from 'monaco-editor/editor';
import { knownOf } from '../check.ts';
import { PLAIN_LANGUAGE } from '../languages.ts';
import type { FileSpan } from '../worker/author-text.ts';
import { fileOf, rangeOf, serviceOf } from './service.ts';
import type { ScriptService } from './service.ts';

/** Where a name is declared: in the script, in a declaration, or in the source of the provider's client. */
export const definition: languages.DefinitionProvider = {
  async provideDefinition(model, position) {
    const service = await serviceOf(model);
    const places = await service.getDefinitions(fileOf(model), model.getOffsetAt(position));
    return locationsOf(places, service);
  },
};

/** Where else a name is used. */
export const references: languages.ReferenceProvider = {
  async provideReferences(model, position) {
    const service = await serviceOf(model);
    const places = await service.getReferences(fileOf(model), model.getOffsetAt(position));
    return locationsOf(places, service);
  },
};

/** The same name elsewhere in the script, while the cursor is in it. */
export const highlights: languages.DocumentHighlightProvider = {
  async provideDocumentHighlights(model, position) {
    const service = await serviceOf(model);
    const places = await service.getReferences(fileOf(model), model.getOffsetAt(position));
    if (model.isDisposed()) return undefined;
    return places
      .filter(({ fileName }) => fileName === fileOf(model))
      .map(({ textSpan }) => ({ range: rangeOf(model, textSpan) }));
  },
};

/** Renames what the script declares itself. */
export const rename: languages.RenameProvider = {
  async provideRenameEdits(model, position, newName) {
    const service = await serviceOf(model);
    const { refused, spans } = await service.getRename(fileOf(model), model.getOffsetAt(position));
    if (refused !== undefined) return { edits: [], rejectReason: said(model, refused) };
    const edits = spans.map((span) => ({
      ...{ resource: model.uri, versionId: model.getVersionId() },
      textEdit: { range: rangeOf(model, span), text: newName },
    }));
    return { edits };
  },
  async resolveRenameLocation(model, position) {
    const word = model.getWordAtPosition(position);
    const { lineNumber } = position;
    const range = {
      ...{ startLineNumber: lineNumber, startColumn: word?.startColumn ?? position.column },
      ...{ endLineNumber: lineNumber, endColumn: word?.endColumn ?? position.column },
    };
    const service = await serviceOf(model);
    const { refused } = await service.getRename(fileOf(model), model.getOffsetAt(position));
    return {
      range,
      text: word?.word ?? '',
      ...(refused !== undefined && { rejectReason: said(model, refused) }),
    };
  },
};

/** In the reader's language. */
const said = (model: editor.ITextModel, refused: string): string => knownOf(model)?.say(refused) ?? refused;

async function locationsOf(
  places: readonly FileSpan[],
  service: ScriptService,
): Promise<languages.Location[]> {
  const locations = await Promise.all(
    places.map(async ({ fileName, textSpan }) => {
      const model = await modelOf(fileName, service);
      return model === undefined ? [] : [{ uri: model.uri, range: rangeOf(model, textSpan) }];
    }),
  );
  return locations.flat();
}

/** The text of a file: one that is open, or one that only the worker has. */
async function modelOf(file: string, service: ScriptService): Promise<editor.ITextModel | undefined> {
  const uri = Uri.parse(file);
  const open = editor.getModel(uri);
  if (open !== null) return open;
  const text = await service.getLibraryText(file);
  return text === undefined
    ? undefined
    : (editor.getModel(uri) ?? editor.createModel(text, PLAIN_LANGUAGE, uri));
}
