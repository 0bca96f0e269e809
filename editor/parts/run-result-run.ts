import type { z } from 'zod';
import type { testAnswer } from '../../server/contract/execution-answers.ts';

/** One run of a stage, as the test endpoint and `GET /executions/:id` both tell it. */
export type Run = z.infer<typeof testAnswer>;
/** Why a run failed. */
export type RunFailure = NonNullable<Run['error']>;
/** One HTTP call of a run. */
export type RunCall = Run['http'][number];
/** One line that a script wrote. */
export type RunLog = Run['logs'][number];
