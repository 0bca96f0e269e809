import { useCallback, useMemo } from 'react';
import type { VariableCatalogue } from '../../../server/contract/catalogue.ts';
import { useSaved } from '../../parts/saved.ts';
import type { MappingDetail } from './answers.ts';
import { firstInputs, keptInputs } from './inputs.ts';
import type { Inputs } from './inputs.ts';
import { sampleValues } from './presets.ts';

/** Changes some of the inputs. */
export type ChangeInputs = (change: (before: Inputs) => Inputs) => void;

/**
 * What a mapping's stages are tried with. It stays in this browser until it is changed; what the hub kept of the last test is the start.
 * @param catalogue the variables with their samples
 */
export function useInputs(mapping: MappingDetail, catalogue: VariableCatalogue): [Inputs, ChangeInputs] {
  const [kept, setKept] = useSaved<unknown>(`test.${mapping.id}`, null);
  const first = useMemo(() => firstInputs(mapping, sampleValues(catalogue)), [mapping, catalogue]);
  const inputs = useMemo(() => keptInputs(kept, first), [kept, first]);
  const change = useCallback<ChangeInputs>(
    (next) => setKept((before: unknown) => next(keptInputs(before, first))),
    [setKept, first],
  );
  return [inputs, change];
}
