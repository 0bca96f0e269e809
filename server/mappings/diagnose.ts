import { ScriptSyntaxError } from '../contract/convert.ts';
import type { Diagnostic } from '../contract/mapping.ts';
import { clientMethods } from './diagnose/client-methods.ts';
import { formFields } from './diagnose/form-fields.ts';
import { missingAwait } from './diagnose/missing-await.ts';
import type { Check, Known } from './diagnose/script.ts';
import { readTree } from './diagnose/tree.ts';
import { typedSecrets } from './diagnose/typed-secrets.ts';
import { unknownNames } from './diagnose/unknown-names.ts';
import { readVariables } from './diagnose/variables.ts';
import { wrongResult } from './diagnose/wrong-result.ts';

export type { Known } from './diagnose/script.ts';

const CHECKS: readonly Check[] = [unknownNames, missingAwait, wrongResult, formFields, typedSecrets];

/** An author mends the first ones and saves again. */
const MOST = 200;

/**
 * What can be said about a script without running it. A script that cannot be read gets its one syntax error.
 * @returns in the order of the text; places are the author's, also of a Java-flavoured text
 */
export function diagnose(source: string, known: Known): Diagnostic[] {
  try {
    const tree = readTree(source);
    const { name, types } = known.provider;
    const script = { ...known, tree, variables: readVariables(tree), methods: clientMethods(name, types) };
    return CHECKS.flatMap((check) => check(script))
      .sort((a, b) => a.line - b.line || a.column - b.column)
      .slice(0, MOST);
  } catch (error) {
    if (!(error instanceof ScriptSyntaxError)) throw error;
    return [{ line: error.line, column: error.column, severity: 'error', message: error.message }];
  }
}
