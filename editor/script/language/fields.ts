import { languages, Range } from 'monaco-editor/editor';
import type { editor } from 'monaco-editor/editor';
import type { FormField } from '../../../server/contract/mapping.ts';
import { knownOf, UNKNOWN_FIELD } from '../check.ts';
import type { Words } from '../field-words.ts';
import { nearestField, sameField } from '../judge-fields.ts';
import type { FieldNameAt } from '../worker/field-names.ts';
import { fileOf, rangeOf, serviceOf } from './service.ts';

/** The names of the form's fields, where the name of one belongs: `fluentPut("name", "…")` and its like. */
export const fieldCompletion: languages.CompletionItemProvider = {
  triggerCharacters: ['"', "'", '`'],
  async provideCompletionItems(model, position) {
    const { form, t } = knownOf(model) ?? {};
    if (form === undefined || form.length === 0 || t === undefined) return undefined;
    const service = await serviceOf(model);
    const at = await service.getFieldNameAt(fileOf(model), model.getOffsetAt(position));
    if (at === undefined || model.isDisposed()) return undefined;
    return { suggestions: form.map((field, index) => suggestion(field, index, at, { model, t })) };
  },
};

/** Puts the nearest name of the form in place of one that it does not have. */
export const fieldReplacement: languages.CodeActionProvider = {
  provideCodeActions: (model, _, { markers }) => ({
    actions: markers
      .filter(({ code }) => code === UNKNOWN_FIELD)
      .flatMap((marker) => replacement(model, marker)),
    dispose: () => undefined,
  }),
};

interface Cursor {
  readonly model: editor.ITextModel;
  readonly t: Words;
}

function suggestion(
  { name, type, required, options }: FormField,
  index: number,
  { span, used }: FieldNameAt,
  { model, t }: Cursor,
): languages.CompletionItem {
  const isUsed = used.some((each) => sameField(each, name));
  const about = [
    ...(isUsed ? [t('field.used')] : []),
    ...(options === undefined ? [] : [t('field.options', { options: options.join(', ') })]),
  ];
  const quote = model.getValueInRange(rangeOf(model, { start: span.start, length: 1 }));
  return {
    label: { label: name, description: t(required ? 'field.required' : 'field.optional', { type }) },
    kind: languages.CompletionItemKind.Field,
    insertText: literalOf(name, quote),
    filterText: quote + name,
    // Required ones first, then in the form's order; what is filled in already comes last.
    sortText: `${isUsed ? 2 : required ? 0 : 1}${String(index).padStart(4, '0')}`,
    ...(about.length > 0 && { documentation: about.join('\n') }),
    // The quotes too: two titles, a list of texts, take the place of one text.
    range: rangeOf(model, span),
  };
}

function replacement(model: editor.ITextModel, marker: editor.IMarkerData): languages.CodeAction[] {
  const known = knownOf(model);
  const written = model.getValueInRange(marker);
  const meant = known && nearestField(written.slice(1, -1), known.form);
  if (known === undefined || meant === undefined) return [];
  const textEdit = { range: Range.lift(marker), text: literalOf(meant, written.charAt(0)) };
  return [
    {
      ...{
        title: known.t('field.replace', { meant }),
        kind: 'quickfix',
        isPreferred: true,
        diagnostics: [marker],
      },
      edit: { edits: [{ resource: model.uri, versionId: model.getVersionId(), textEdit }] },
    },
  ];
}

/** A name as it is written in a script: two titles, which the form has as JSON, are a list. */
const literalOf = (name: string, quote: string): string =>
  name.startsWith('[')
    ? name
    : quote + name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n') + quote;
