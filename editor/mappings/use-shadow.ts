import { useCallback, useEffect, useRef, useState } from 'react';
import type { ShadowAnswer, ShadowedTask } from '../../server/contract/shadow.ts';
import { call } from '../api/client.ts';

/** So many tasks at once: progress is seen, and little is lost when somebody stops it. */
const PORTION = 5;
/** The hub begins no task after ten seconds; the last one may take its whole time. */
const PATIENCE_MS = 120_000;

/** A shadow run, as far as it has come. */
export interface ShadowState {
  readonly phase: 'idle' | 'running' | 'done' | 'stopped';
  readonly wanted: number;
  readonly tasks: readonly ShadowedTask[];
  readonly error: unknown;
}

const IDLE: ShadowState = { phase: 'idle', wanted: 0, tasks: [], error: undefined };

/** Runs a mapping's draft against its last tasks, portion by portion. Whoever goes away ends it. */
export function useShadow(mappingId: string): {
  shadow: ShadowState;
  run: (wanted: number) => Promise<void>;
  stop: () => void;
} {
  const [shadow, setShadow] = useState(IDLE);
  const running = useRef<AbortController>(undefined);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const run = useCallback(
    async (wanted: number) => {
      stop();
      const mine = new AbortController();
      running.current = mine;
      const { signal } = mine;
      let tasks: readonly ShadowedTask[] = [];
      const tell = (phase: ShadowState['phase'], error?: unknown): void => {
        if (running.current === mine) setShadow({ phase, wanted, tasks, error });
      };
      tell('running');
      try {
        let cursor: string | null | undefined;
        while (tasks.length < wanted && cursor !== null) {
          const limit = Math.min(PORTION, wanted - tasks.length);
          const body = { limit, ...(cursor !== undefined && { cursor }) };
          const answer = await call<ShadowAnswer>('POST', `/mappings/${mappingId}/shadow`, {
            ...{ body, signal },
            timeoutMs: PATIENCE_MS,
          });
          tasks = [...tasks, ...answer.items];
          cursor = answer.nextCursor;
          tell('running');
        }
        tell('done');
      } catch (error) {
        tell(signal.aborted ? 'stopped' : 'done', signal.aborted ? undefined : error);
      }
    },
    [mappingId, stop],
  );
  return { shadow, run, stop };
}
