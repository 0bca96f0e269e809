import type { Diagnostic } from '../../contract/mapping.ts';
import { formNames } from './form-names.ts';
import { nearest } from './nearest.ts';
import { remark } from './script.ts';
import type { Check } from './script.ts';

/** More are no help to who reads them in a bubble. */
const MOST_LISTED = 20;

/** Fields that the provider's form does not have, and required ones that the script leaves out; a misspelt one is told once. */
export const formFields: Check = (script) => {
  const { stage, form, tree } = script;
  if (stage !== 'create' || form === undefined || form.length === 0) return [];
  const { fields, complete } = formNames(script);
  const [first] = fields;
  const known = form.map(({ name }) => name);
  const isKnown = (name: string): boolean => known.some((each) => each === name || sameTitles(each, name));
  const unknown = fields
    .filter(({ name }) => !isKnown(name))
    .map((field) => ({ ...field, meant: nearest(field.name, known, 0.4) }));
  const missing = form
    .filter(({ required }) => required && complete)
    .map(({ name }) => name)
    .filter((name) => !fields.some((field) => field.name === name || sameTitles(name, field.name)));
  return [
    ...unknown.map(({ name, node, meant }) =>
      remark(tree, node, 'warning', wordsFor(name, { meant, known, missing })),
    ),
    ...missing.flatMap((name): Diagnostic[] =>
      first === undefined || unknown.some(({ meant }) => meant === name)
        ? []
        : [
            remark(
              tree,
              first.node,
              'warning',
              `The form requires "${name}", and the script does not add it.`,
            ),
          ],
    ),
  ];
};

interface AboutForm {
  readonly meant: string | undefined;
  readonly known: readonly string[];
  /** Required fields that the script does not add under their own names. */
  readonly missing: readonly string[];
}

function wordsFor(name: string, { meant, known, missing }: AboutForm): string {
  const wrong = `The form has no field "${name}".`;
  if (meant !== undefined)
    return `${wrong} Did you mean "${meant}"${missing.includes(meant) ? ', which it requires' : ''}?`;
  const listed = known.slice(0, MOST_LISTED).map((each) => `"${each}"`);
  const more = known.length > MOST_LISTED ? ` and ${known.length - MOST_LISTED} more` : '';
  return `${wrong} It has ${listed.join(', ')}${more}.`;
}

/** Two titles as JSON, `["Start","End"]`, whatever blanks stand in it. */
const sameTitles = (a: string, b: string): boolean =>
  a.startsWith('[') && b.startsWith('[') && a.replace(/\s*,\s*/g, ',') === b.replace(/\s*,\s*/g, ',');
