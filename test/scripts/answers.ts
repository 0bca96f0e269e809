import { afterAll, afterEach, beforeAll } from 'vitest';
import { serveReplies, type Replies, type Reply } from './replies.ts';
import { startScripts, type ScriptRunner } from './support.ts';

/** DingTalk's scripts, and a DingTalk that answers what a test says. */
export interface Answers {
  /** Runs them in the real engine. */
  readonly scripts: Pick<ScriptRunner, 'run' | 'call'>;
  /** Starts a server with answers by `METHOD /path`; it ends with the test. */
  readonly answering: (table: Readonly<Record<string, readonly Reply[]>>) => Promise<Replies>;
  /** Ends it before. */
  readonly silence: () => Promise<void>;
}

/** Starts the engine for the tests of a file. */
export function useAnswers(): Answers {
  let runner: ScriptRunner;
  let dingtalk: Replies | undefined;
  const silence = async (): Promise<void> => dingtalk?.close();

  beforeAll(async () => {
    runner = await startScripts('dingtalk');
  });
  afterAll(() => runner.close());
  afterEach(silence);

  return {
    scripts: {
      run: (...given) => runner.run(...given),
      call: (...given) => runner.call(...given),
    },
    async answering(table) {
      dingtalk = await serveReplies(table);
      return dingtalk;
    },
    silence,
  };
}

export const CREATE = 'POST /v1.0/workflow/processInstances';
export const DETAIL = 'GET /v1.0/workflow/processInstances';
export const USER = 'POST /topapi/v2/user/get';
export const MOBILE = 'POST /topapi/v2/user/getbymobile';

/** A refusal of the new API. */
export const refused = (status: number, code: string, message = 'no'): Reply => ({
  status,
  body: { code, requestid: 'R-1', message },
});
/** What a proxy before DingTalk says. */
export const page: Reply = { status: 200, body: '<html><body>Service busy</body></html>' };

/** A create stage that makes no call but the create. */
export const createOnly = {
  variables: { APPROVAL_CODE: 'PROC-1' },
  source: `
    fromField.add({ name: 'Task ID', value: 'T-1' });
    reqBody.put('originatorUserId', 'user-li');
    reqBody.put('deptId', 7);`,
};
