import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { documentPath } from '../../server/contract/openapi.ts';
import type { ApiDocument } from '../../server/contract/openapi.ts';

/** An endpoint as the document knows it. */
interface Operation {
  readonly method: string;
  /** In Koa's spelling, below /api/v1. */
  readonly path: string;
}

/** One step of a JSON pointer (RFC 6901). */
const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

interface Content {
  readonly content?: Readonly<Record<string, { readonly example?: unknown }>>;
}

/** @returns which examples of the document are not what their own schema says, and how */
export function wrongExamples(document: ApiDocument): string[] {
  const ajv = newAjv(document);
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const { requestBody, responses = {} } = operation as {
        requestBody?: Content;
        responses?: Record<string, Content>;
      };
      const places: [string[], Content | undefined][] = [
        [['requestBody'], requestBody],
        ...Object.entries(responses).map(([status, answer]): [string[], Content] => [
          ['responses', status],
          answer,
        ]),
      ];
      return places.flatMap(([where, place]) => {
        const example = place?.content?.['application/json']?.example;
        if (example === undefined) return [];
        const pointer = ['paths', path, method, ...where, 'content', 'application/json', 'schema'];
        const validate = ajv.compile({ $ref: `api#/${pointer.map(step).join('/')}` });
        return validate(example)
          ? []
          : [`${method} ${path} ${where.join(' ')}: ${ajv.errorsText(validate.errors)}`];
      });
    }),
  );
}

function newAjv(document: ApiDocument): Ajv2020 {
  // What JSON Schema does not know, OpenAPI does (`example`, `discriminator`).
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'api');
  return ajv;
}

/**
 * Holds real answers against the document.
 * @returns throws when an endpoint answers a status or a body that the document does not describe
 */
export function answerChecker(
  document: ApiDocument,
): (operation: Operation, status: number, body: unknown) => void {
  const ajv = newAjv(document);
  return function checkAnswer({ method, path }, status, body) {
    const where = `${method.toUpperCase()} ${path} → ${status}`;
    const operation = document.paths[documentPath(path)]?.[method] as
      { responses: Record<string, { content?: Record<string, unknown> }> } | undefined;
    const response = operation?.responses[String(status)];
    if (response === undefined) throw new Error(`${where}: the document knows no such answer`);
    if (response.content === undefined) {
      if (body !== undefined && body !== null)
        throw new Error(`${where}: a body where the document has none`);
      return;
    }
    const pointer = ['paths', documentPath(path), method, 'responses', String(status)];
    const $ref = `api#/${[...pointer, 'content', 'application/json', 'schema'].map(step).join('/')}`;
    // As it goes over the wire: dates as text, absent fields absent.
    const sent: unknown = JSON.parse(JSON.stringify(body));
    const validate = ajv.compile({ $ref });
    if (!validate(sent))
      throw new Error(`${where}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(sent)}`);
  };
}
