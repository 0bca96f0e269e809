import type { App } from '../apps.ts';
import type { Company } from '../company.ts';
import type { Fields } from '../http.ts';

/** One checked call of either family: who calls, and what with. */
export interface Call {
  readonly company: Company;
  readonly app: App;
  readonly query: URLSearchParams;
  readonly body: Fields;
  /** The variable segment of a path, where it has one. */
  readonly segment: string;
  /** The simulator's own address as the caller reached it, without a slash at the end. */
  readonly base: string;
}

/** What an endpoint answers; it refuses by throwing its family's refusal. */
export type Endpoint = (call: Call) => object | Promise<object>;

export interface Route {
  readonly run: Endpoint;
  /** Answers without a token (the token calls themselves, the robot with its own). */
  readonly open?: true;
  /** Opens an instance: `dropCreateResponses` cuts its answer. */
  readonly creates?: true;
  /** Answers XML unless the caller accepts JSON by name. */
  readonly xml?: true;
}

/** Text that is there and not empty, else null. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
