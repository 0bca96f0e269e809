import type ts from 'typescript';
import { placeOf } from '../places.ts';
import type { Span } from './author-text.ts';
import { FormReader } from './form-reader.ts';
import type { FieldNames } from './form-reader.ts';

/** A text, with its quotes (the closing one may be missing), in which the name of a field belongs. */
export interface FieldNameAt {
  readonly span: Span;
  /** The other fields that the script puts into the form. */
  readonly used: readonly string[];
}

/** Reads which fields a create script puts into the form; undefined for the scripts of other stages. */
export function readFieldNames(
  typescript: typeof ts,
  program: ts.Program,
  file: string,
): FieldNames | undefined {
  const place = placeOf(file);
  const source = program.getSourceFile(file);
  if (place?.stage !== 'create' || source === undefined) return undefined;
  return new FormReader(typescript, program.getTypeChecker(), source, place.provider).read();
}

/** The text at an offset, if a field's name belongs there: also where the script is not yet finished around it. */
export function fieldNameAt(
  typescript: typeof ts,
  program: ts.Program,
  file: string,
  offset: number,
): FieldNameAt | undefined {
  const names = readFieldNames(typescript, program, file);
  const source = program.getSourceFile(file);
  const text = source && textAt(typescript, source, offset);
  if (names === undefined || text === undefined) return undefined;
  const start = text.getStart();
  const isField = names.fields.some(({ span }) => span.start === start) || isNamed(typescript, text);
  if (!isField) return undefined;
  return {
    span: { start, length: (text.isUnterminated === true ? offset : text.end) - start },
    used: names.fields.filter(({ span }) => span.start !== start).map(({ name }) => name),
  };
}

/** The literal whose quotes the offset stands between. */
function textAt(
  typescript: typeof ts,
  source: ts.SourceFile,
  offset: number,
): ts.StringLiteralLike | undefined {
  const find = (node: ts.Node): ts.StringLiteralLike | undefined => {
    if (offset <= node.getStart(source) || offset > node.end) return undefined;
    if (!typescript.isStringLiteralLike(node)) return typescript.forEachChild(node, find);
    return offset < node.end || node.isUnterminated === true ? node : undefined;
  };
  return typescript.forEachChild(source, find);
}

/** `.put("name", …)`, `.fluentPut("name", …)`, `{name: …}`. */
function isNamed(typescript: typeof ts, text: ts.StringLiteralLike): boolean {
  const { parent } = text;
  if (typescript.isPropertyAssignment(parent))
    return parent.initializer === text && parent.name.getText() === 'name';
  if (!typescript.isCallExpression(parent) || parent.arguments[1] !== text) return false;
  const [key] = parent.arguments;
  return (
    key !== undefined &&
    typescript.isStringLiteralLike(key) &&
    key.text === 'name' &&
    typescript.isPropertyAccessExpression(parent.expression) &&
    ['put', 'fluentPut'].includes(parent.expression.name.text)
  );
}
