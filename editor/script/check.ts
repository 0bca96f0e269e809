import { editor, MarkerSeverity } from 'monaco-editor/editor';
import type { FormField } from '../../server/contract/mapping.ts';
import { wordsForField } from './field-words.ts';
import type { Words } from './field-words.ts';
import { judgeFields } from './judge-fields.ts';
import { fileOf, rangeOf, serviceOf } from './language/service.ts';
import { markAt, MARKED_BY, SEVERITIES } from './marks.ts';

/** What a check of a script goes by, beside the text. */
export interface Known {
  /** The provider's form, empty when it was never read. */
  readonly form: readonly FormField[];
  readonly t: Words;
  /** What the hub says in the reader's language; the worker words some things as it does. */
  readonly say: (text: string) => string;
}

/** What marks an unknown field, by which its quick fix knows it. */
export const UNKNOWN_FIELD = 'unknown-field';

/** After the last key: the worker reads the whole script. */
const PAUSE_MS = 300;

/** What is known of each script that is checked now. Monaco's providers are registered once for all scripts. */
const checked = new WeakMap<editor.ITextModel, Known>();

/** What is known of a script, undefined before its first check. */
export const knownOf = (model: editor.ITextModel): Known | undefined => checked.get(model);

/**
 * Marks what is wrong with a script, now and after each pause in typing: what TypeScript finds, and the fields of its form.
 * @returns to be disposed of when the script is left, or something else is known of it
 */
export function checkScript(model: editor.ITextModel, known: Known): { dispose(): void } {
  checked.set(model, known);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const checkAfter = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(model, known), ms);
  };
  checkAfter(0);
  const changes = model.onDidChangeContent(() => checkAfter(PAUSE_MS));
  return {
    dispose() {
      clearTimeout(timer);
      changes.dispose();
    },
  };
}

async function check(model: editor.ITextModel, known: Known): Promise<void> {
  const version = model.getVersionId();
  const file = fileOf(model);
  const service = await serviceOf(model);
  const [problems, names] = await Promise.all([service.getProblems(file), service.getFieldNames(file)]);
  // An answer about another text would mark the wrong places; a newer check is under way.
  if (model.isDisposed() || model.getVersionId() !== version || checked.get(model) !== known) return;
  editor.setModelMarkers(
    model,
    MARKED_BY.typescript,
    problems.map(({ span, severity, message, code }) =>
      markAt(rangeOf(model, span), {
        message: known.say(message),
        severity: SEVERITIES[severity],
        code: String(code),
      }),
    ),
  );
  const remarks = names === undefined ? [] : judgeFields(names, known.form);
  editor.setModelMarkers(
    model,
    MARKED_BY.form,
    remarks.map((remark) =>
      markAt(rangeOf(model, remark.span), {
        severity: MarkerSeverity.Warning,
        message: wordsForField(remark, known.form, known.t),
        ...(remark.kind === 'unknown' && { code: UNKNOWN_FIELD }),
      }),
    ),
  );
}
