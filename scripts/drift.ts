import type { Stage, StageResult } from '../server/contract/stage.ts';

// What stage.d.ts promises to authors and what server/contract/stage.ts checks when a script runs must be one shape.
// A stage in which they differ is named by a compile error below.

// True only for identical types: assignability alone would let a misspelled optional key pass.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- T defers the comparison until it is exact
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Differing = { [S in Stage]: Same<StageResults[S], StageResult<S>> extends true ? never : S }[Stage];
type None<T extends never> = T;

export type Drift = None<Differing>;
