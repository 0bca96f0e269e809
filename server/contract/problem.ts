import { z } from 'zod';

/** What every refusal looks like (RFC 9457, `application/problem+json`). Some codes bring further members. */
export const problem = z
  .looseObject({
    type: z.string().describe('always about:blank: `code` tells problems apart'),
    title: z.string().describe('the HTTP status in words'),
    status: z.int(),
    detail: z.string().describe('what is wrong and what to do, for people'),
    code: z.string().describe('what is wrong, for programs'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('for bad input: every wrong field'),
    requestId: z.string().describe('as in the log and in the header x-request-id'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
