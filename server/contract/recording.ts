import { z } from 'zod';

const isHttpUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

const method = z
  .string({ error: 'must be the HTTP method, such as "POST"' })
  .regex(/^(GET|HEAD|POST|PUT|PATCH|DELETE)$/i, 'must be GET, HEAD, POST, PUT, PATCH or DELETE')
  .transform((text) => text.toUpperCase());

const url = z
  .string({ error: 'must be the URL that the script calls' })
  .refine(isHttpUrl, 'must be a whole URL that starts with http:// or https://');

const status = z
  .int({ error: 'must be the HTTP status, such as 200' })
  .min(200, 'must be a final HTTP status, 200 to 599')
  .max(599, 'must be a final HTTP status, 200 to 599');

const headers = z.record(z.string(), z.string({ error: 'must be text' }), {
  error: 'must be an object of header names and values',
});

/** Who writes a recording by hand may write a JSON body as JSON; it becomes the text that an HTTP server would send. */
const body = z
  .json({ error: 'must be the body: text, or JSON' })
  .transform((given) => (typeof given === 'string' ? given : given === null ? '' : JSON.stringify(given)));

/** One recorded HTTP call: what a script asked and what came back. Headers and body may be left out when there are none. */
const recordedCall = z.strictObject(
  {
    method,
    url,
    requestBody: body.optional(),
    status,
    headers: headers.default({}),
    body: body.default(''),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? undefined : 'must be one recorded call, an object',
  },
);
export type RecordedCall = z.infer<typeof recordedCall>;

/** The HTTP calls of a run in their order (`countersign run --record`, `--http` and the test endpoint's `http`). */
export const recording = z.array(recordedCall, {
  error: 'must be a list: [{"method", "url", "requestBody"?, "status", "headers", "body"}]',
});
export type Recording = z.infer<typeof recording>;
