import type { z } from 'zod';
import type { executionDetail, executionHead } from '../../../server/contract/execution-answers.ts';
import type { mappingDetail } from '../../../server/contract/mapping.ts';

/** A mapping as `GET /mappings/:id` answers it. */
export type MappingDetail = z.infer<typeof mappingDetail>;
/** One line of `GET /executions`. */
export type ExecutionHead = z.infer<typeof executionHead>;
/** What `GET /executions/:id` answers. */
export type ExecutionDetail = z.infer<typeof executionDetail>;

/** A page of a list. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
