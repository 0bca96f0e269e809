import { editor, Range } from 'monaco-editor/editor';
import type { Library } from '../declarations.ts';
import type { Span } from '../worker/author-text.ts';
import type { ScriptWorker } from '../worker/script-worker.ts';

/** An object of the worker's as the page sees it: every answer takes its time. */
type Remote<T> = {
  readonly [Key in keyof T]: T[Key] extends (...values: infer Values) => infer Answer
    ? (...values: Values) => Promise<Answer>
    : never;
};
export type ScriptService = Remote<ScriptWorker>;

let worker: editor.MonacoWebWorker<ScriptService> | undefined;

function startWorker(): editor.MonacoWebWorker<ScriptService> {
  const started = new Worker(new URL('../worker/script.worker.ts', import.meta.url), {
    type: 'module',
    name: 'script',
  });
  // Monaco's worker waits for one message to begin, and for another with what it is handed (nothing).
  started.postMessage('begin');
  started.postMessage(undefined);
  return editor.createWebWorker<ScriptService>({ worker: started, keepIdleModels: true });
}

/** Done when the worker knows what scripts have in scope. */
let isTold: Promise<void> = Promise.resolve();

/** The worker, with the text of a script as it stands now. It is started by the first question. */
export async function serviceOf(model: editor.ITextModel): Promise<ScriptService> {
  await isTold;
  worker ??= startWorker();
  return worker.withSyncedResources([model.uri]);
}

/** Tells the worker what scripts have in scope; what is asked from now on is answered by it. */
export function setLibraries(libraries: readonly Library[]): void {
  worker ??= startWorker();
  const service = worker.getProxy();
  isTold = Promise.all([isTold, service]).then(([, each]) => each.setLibraries(libraries));
}

/** Has the worker's TypeScript speak with these messages; what is asked from now on is answered in them. */
export function setMessages(messages: Promise<Readonly<Record<string, string>> | undefined>): void {
  worker ??= startWorker();
  const service = worker.getProxy();
  isTold = Promise.all([isTold, service, messages]).then(([, each, known]) => each.setMessages(known));
}

/** The address by which the worker knows a script. */
export const fileOf = (model: editor.ITextModel): string => model.uri.toString();

/** A stretch of the worker's as Monaco names it. */
export const rangeOf = (model: editor.ITextModel, { start, length }: Span): Range =>
  Range.fromPositions(model.getPositionAt(start), model.getPositionAt(start + length));
