import type { Diagnostic } from '../../contract/mapping.ts';
import { formNames } from './form-names.ts';
import { nearest } from './nearest.ts';
import { remark } from './script.ts';
import type { Check } from './script.ts';

/** More are no help to who reads them in a bubble. */
const MOST_LISTED = 20;

/** Fields that the provider's form does not have, and required ones that the script leaves out. */
export const formFields: Check = (script) => {
  const { stage, form, tree } = script;
  if (stage !== 'create' || form === undefined || form.length === 0) return [];
  const { fields, complete } = formNames(script);
  const known = form.map(({ name }) => name);
  const isKnown = (name: string): boolean => known.some((each) => each === name || sameTitles(each, name));
  const unknown = fields
    .filter(({ name }) => !isKnown(name))
    .map(({ name, node }) => remark(tree, node, 'warning', wordsFor(name, known)));
  const [first] = fields;
  if (!complete || first === undefined) return unknown;
  const missing = form.filter(
    ({ name, required }) =>
      required && !fields.some((field) => field.name === name || sameTitles(name, field.name)),
  );
  return [
    ...unknown,
    ...missing.map(({ name }): Diagnostic =>
      remark(tree, first.node, 'warning', `The form requires "${name}", and the script does not add it.`),
    ),
  ];
};

function wordsFor(name: string, known: readonly string[]): string {
  const meant = nearest(name, known, 0.4);
  const listed = known.slice(0, MOST_LISTED).map((each) => `"${each}"`);
  const more = known.length > MOST_LISTED ? ` and ${known.length - MOST_LISTED} more` : '';
  const hint = meant === undefined ? `It has ${listed.join(', ')}${more}.` : `Did you mean "${meant}"?`;
  return `The form has no field "${name}". ${hint}`;
}

/** Two titles as JSON, `["Start","End"]`, whatever blanks stand in it. */
const sameTitles = (a: string, b: string): boolean =>
  a.startsWith('[') && b.startsWith('[') && a.replace(/\s*,\s*/g, ',') === b.replace(/\s*,\s*/g, ',');
