import { distance } from 'fastest-levenshtein';
import type { FormField } from '../../server/contract/mapping.ts';
import type { FieldNames } from './worker/form-reader.ts';
import type { Span } from './worker/author-text.ts';

/** Something wrong with the fields that a script fills in. */
export interface FieldRemark {
  readonly kind: 'unknown' | 'missing';
  readonly name: string;
  /** The form's field that was meant by an unknown one. */
  readonly meant?: string;
  /** Whether the form requires that one, and the script leaves it out: then nothing else is said of it. */
  readonly isRequired?: boolean;
  /** Where to say so: a missing field has no place of its own, and is told at the first one. */
  readonly span: Span;
}

/** How much of a misspelt name may differ, as in the hub's own check. */
const SHARE = 0.4;
/** Comparing takes the product of two lengths, and an author may write any. */
const LONGEST = 60;

/** Fields that the provider's form does not have, and required ones that the script leaves out. */
export function judgeFields({ fields, complete }: FieldNames, form: readonly FormField[]): FieldRemark[] {
  if (form.length === 0) return [];
  const leftOut = form
    .filter(({ required }) => required && complete)
    .map(({ name }) => name)
    .filter((name) => !fields.some((field) => sameField(name, field.name)));
  const unknown = fields
    .filter(({ name }) => !form.some((field) => sameField(field.name, name)))
    .map(({ name, span }): FieldRemark => {
      const meant = nearestField(name, form);
      if (meant === undefined) return { kind: 'unknown', name, span };
      return { kind: 'unknown', name, span, meant, ...(leftOut.includes(meant) && { isRequired: true }) };
    });
  const [first] = fields;
  if (first === undefined) return unknown;
  const missing = leftOut
    .filter((name) => !unknown.some(({ meant }) => meant === name))
    .map((name): FieldRemark => ({ kind: 'missing', name, span: first.span }));
  return [...unknown, ...missing];
}

/** The form's field that comes nearest to a name, case aside; undefined when none comes near. */
export function nearestField(name: string, form: readonly FormField[]): string | undefined {
  if (name.length > LONGEST) return undefined;
  const slips = (each: string): number => distance(each.toLowerCase(), name.toLowerCase());
  const known = form.map((field) => field.name).filter((each) => each.length <= LONGEST);
  const [best] = known.toSorted((a, b) => slips(a) - slips(b));
  return best !== undefined && slips(best) <= Math.max(1, name.length * SHARE) ? best : undefined;
}

/** Two titles are one name as JSON, `["Start","End"]`, whatever blanks stand in it. */
export const sameField = (a: string, b: string): boolean =>
  a === b || (a.startsWith('[') && b.startsWith('[') && withoutBlanks(a) === withoutBlanks(b));

const withoutBlanks = (titles: string): string => titles.replaceAll(/\s*,\s*/g, ',');
