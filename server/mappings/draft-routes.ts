import { testAnswer } from '../contract/execution-answers.ts';
import { draftText, savedDraft, stageParams, testInput } from '../contract/mapping.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { etagHeader } from '../http/etag.ts';
import { diagnose } from './diagnose.ts';
import { saveDraft } from './draft.ts';
import type { Forms } from './form.ts';
import { secretsOfChannel } from './show.ts';
import { getMapping } from './store.ts';
import { runTest } from './test-run.ts';
import type { TestDeps } from './test-run.ts';
import { whoOf } from './who.ts';

/** The endpoints of one stage's draft: save it, try it. */
export function draftRoutes(deps: TestDeps & { readonly forms: Forms }): Endpoint[] {
  const { knex, channels, forms } = deps;
  const tag = 'mappings';
  return [
    endpoint({
      ...{ method: 'put', path: '/mappings/:id/draft/:stage', role: 'editor', tag },
      summary: "Save a stage's draft and hear what can be said about it",
      description:
        'Texts with errors are saved too. With `If-Match` (an etag, quoted or bare) the answer is 412 when somebody else saved since; the problem then carries `etag`, `source`, `updatedAt` and `updatedBy` of what stands there.',
      params: stageParams,
      body: draftText,
      answers: { 200: { description: 'It is saved.', schema: savedDraft } },
      example: { body: { source: "fromField.add({ name: 'Reason', value: REASON });" } },
      async handle(request) {
        const { params, body, headers, caller } = request;
        const mapping = await getMapping(knex, params.id);
        const channel = await channels.get(knex, mapping.channel_id);
        const save = {
          mappingId: mapping.id,
          stage: params.stage,
          source: body.source,
          ifMatch: headers['if-match'],
          secrets: secretsOfChannel(channel),
        };
        const { source, etag, updated_at, updated_by } = await saveDraft(knex, save, whoOf(request));
        const diagnostics = diagnose(source, {
          stage: params.stage,
          provider: channel.provider,
          form: params.stage === 'create' ? await forms.forDiagnosis(mapping, caller.name) : undefined,
          ids: [mapping.approval_definition_id, channel.stage.appId, channel.stage.corpId],
          appSecret: channel.stage.appSecret,
          otherSecrets: channel.stage.otherSecrets,
        });
        const saved = {
          source,
          etag,
          updatedAt: updated_at.toISOString(),
          updatedBy: updated_by,
          diagnostics,
        };
        return { status: 200, body: saved, headers: { ETag: etagHeader(etag) } };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/mappings/:id/test/:stage', role: 'editor', tag },
      summary: 'Run one stage of the draft, or an unsaved text',
      description:
        'Without `http` its calls are real: a create opens an approval, which is recorded as a test and touches no task. With `http` recorded answers stand in for the provider and nothing leaves. A script that fails is an answer too (200, `ok: false`). Closing the connection cancels the run.',
      params: stageParams,
      body: testInput,
      bodyOptional: true,
      answers: { 200: { description: 'How the run ended.', schema: testAnswer } },
      async handle(request) {
        const { params, signal } = request;
        const body = (request.body as typeof request.body | undefined) ?? {};
        const test = { mappingId: params.id, stage: params.stage, input: body, signal };
        return { status: 200, body: await runTest(deps, test, whoOf(request)) };
      },
    }),
  ];
}
