import type { IncomingMessage } from 'node:http';
import type Koa from 'koa';
import { newFamily } from './api/family.ts';
import { systemClock, type Clock } from './clock.ts';
import { createCompany } from './company.ts';
import { answerControl } from './control/routes.ts';
import { answer } from './gateway.ts';
import { answerPage } from './page/routes.ts';
import { CONNECT_PATH } from './stream/open-endpoint.ts';
import { createUpgrade, type Upgrade } from './stream/upgrade.ts';
import { oldFamily } from './topapi/family.ts';

/** Where the simulator lives: both API families, the control API and the page are below it. */
export const DINGTALK_PREFIX = '/simulator/dingtalk';

export interface DingtalkSimulatorOptions {
  /** Time, so that a test can step over DingTalk's waits; the machine's own by default. */
  readonly clock?: Clock;
  /** Callbacks may go under this URL too, not only to loopback; its host name is accepted as the simulator's own. */
  readonly publicUrl?: string;
  /** Takes one line for each thing a person would want to know (registered apps, failed pushes); nothing secret. */
  readonly log?: (line: string) => void;
}

export interface DingtalkSimulator {
  /**
   * Answers every path below DINGTALK_PREFIX and passes the others on. It reads raw bodies: put it before any body parser.
   */
  readonly middleware: Koa.Middleware;
  /** Whether a request to change protocols (Node's shouldUpgradeCallback) is for Stream mode here; others are ordinary requests. */
  readonly isConnect: (request: IncomingMessage) => boolean;
  /** Takes such a request over: hand it Node's `upgrade` events. */
  readonly upgrade: Upgrade;
  /** Ends pushes and waits under way. */
  close(): Promise<void>;
}

/** A DingTalk of one company, in memory, in the start state (docs/simulator.md; protocols/dingtalk.md §14). */
export function createDingtalkSimulator(options: DingtalkSimulatorOptions = {}): DingtalkSimulator {
  const log = options.log ?? (() => undefined);
  const company = createCompany(options.clock ?? systemClock, options.publicUrl ?? null, log);
  const closing = new AbortController();

  return {
    isConnect: ({ url = '', headers }) =>
      headers.upgrade?.toLowerCase() === 'websocket' &&
      url.split('?', 1)[0] === DINGTALK_PREFIX + CONNECT_PATH,
    upgrade: createUpgrade(company.streams),

    async middleware(ctx, next) {
      if (ctx.path !== DINGTALK_PREFIX && !ctx.path.startsWith(`${DINGTALK_PREFIX}/`)) {
        await next();
        return;
      }
      const path = ctx.path.slice(DINGTALK_PREFIX.length);
      if (path === '') {
        ctx.redirect(`${DINGTALK_PREFIX}/`);
        return;
      }
      if (path === '/_control' || path.startsWith('/_control/'))
        return answerControl(company, ctx, path.slice('/_control'.length));
      if (await answerPage(company, ctx, path)) return;
      const family = /^\/v\d+\.\d+\//.test(path) ? newFamily : oldFamily;
      return answer(family, company, ctx, path, closing.signal);
    },

    async close() {
      closing.abort();
      await company.pushes.close();
      company.streams.clear();
    },
  };
}
