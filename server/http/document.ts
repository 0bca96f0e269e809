import { z } from 'zod';
import { describeApi } from '../contract/openapi.ts';
import type { ApiDocument } from '../contract/openapi.ts';
import { ERROR_STATUS } from '../errors.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * GET /openapi.json: the document of all endpoints, this one among them.
 * @param endpoints asked once, at the first request
 * @param version of the product
 */
export function documentEndpoint(endpoints: () => readonly Endpoint[], version: string): Endpoint {
  let document: ApiDocument | undefined;
  return endpoint({
    method: 'get',
    path: '/openapi.json',
    role: 'anyone',
    summary: 'This document',
    tag: 'document',
    answers: {
      200: { description: 'An OpenAPI 3.1 document.', schema: z.looseObject({ openapi: z.string() }) },
    },
    handle() {
      document ??= describeApi(endpoints(), { version, errorCodes: Object.keys(ERROR_STATUS) });
      return { status: 200, body: document };
    },
  });
}
