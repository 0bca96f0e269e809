import type Koa from 'koa';
import type { Company } from '../company.ts';
import { readFaults } from '../faults.ts';
import { BadBody, parseObject, readText } from '../http.ts';
import { ControlProblem } from '../refusals.ts';
import { guardBrowser } from './browser-guard.ts';
import { cutConnections, rotateConnections, showConnections } from './connections.ts';
import { decide, DECISIONS } from './decide.ts';
import { registerApp, registerTemplate, registerUser } from './register.ts';
import { showBoard, showInstance, showInstances } from './show.ts';

type Control = (company: Company, body: unknown) => object | Promise<object>;

/** The control API by `METHOD path` below `_control` (docs/simulator.md). */
const ROUTES: Readonly<Record<string, readonly [status: number, run: Control]>> = {
  'POST /apps': [201, registerApp],
  'POST /templates': [201, registerTemplate],
  'POST /users': [201, registerUser],
  'GET /instances': [200, showInstances],
  'GET /board': [200, showBoard],
  'GET /connections': [200, showConnections],
  'POST /connections/rotate': [201, rotateConnections],
  'POST /connections/cut': [201, cutConnections],
  'GET /faults': [200, (company) => company.faults],
  'PUT /faults': [200, (company, body) => (company.faults = readFaults(body, ''))],
};

const DECISION = /^\/instances\/([^/]+)\/([^/]+)$/;

/** Answers a control call: `path` is what follows `_control`. Problems are `{code, message}`. */
export async function answerControl(company: Company, ctx: Koa.Context, path: string): Promise<void> {
  try {
    guardBrowser(ctx, company.publicUrl);
    if (ctx.method === 'DELETE' && (path === '' || path === '/')) {
      company.reset();
      ctx.status = 204;
      return;
    }
    const body = parseObject(await readText(ctx));
    const [status, answer] = await run(company, ctx.method, path, body);
    respond(ctx, status, answer);
  } catch (error) {
    if (error instanceof ControlProblem)
      respond(ctx, error.status, { code: error.code, message: error.message });
    else if (error instanceof BadBody)
      respond(ctx, error.status, { code: 'INVALID_INPUT', message: error.message });
    else throw error;
  }
}

async function run(
  company: Company,
  method: string,
  path: string,
  body: unknown,
): Promise<readonly [number, object]> {
  const name = `${method} ${path}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (route) return [route[0], await route[1](company, body)];
  const [, instanceId, word] = DECISION.exec(path) ?? [];
  const decision = DECISIONS.find((known) => known === word);
  if (method === 'POST' && instanceId !== undefined && decision !== undefined)
    return [201, showInstance(decide(company, instanceId, decision, body))];
  throw new ControlProblem(404, 'NOT_FOUND', `${method} _control${path} is no control call`);
}

function respond(ctx: Koa.Context, status: number, body: object): void {
  ctx.status = status;
  ctx.type = 'application/json';
  ctx.set('cache-control', 'no-store');
  ctx.body = JSON.stringify(body);
}
