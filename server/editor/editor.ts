import type { Log } from '../log.ts';
import { build, BuildError, isBuilt } from './build.ts';
import { listFiles } from './files.ts';
import { BUILT } from './paths.ts';
import type { EditorState } from './serve.ts';
import { builtOf } from './sources.ts';

export interface Editor {
  /** As it stands now; what somebody has built since the last question is seen. */
  state(): Promise<EditorState>;
  /** Ends a build that is under way. */
  close(): Promise<void>;
}

export interface EditorOptions {
  /** Whether to build it when its sources have changed; else what lies built is shown, whatever it was made of. */
  readonly build: boolean;
  readonly log: Log;
  /** Takes lines for a person at a terminal. */
  readonly say: (line: string) => void;
  readonly folder?: string;
}

/** Gets the editor ready beside everything else: its state says how far that is. */
export function openEditor({ build: mayBuild, log, say, folder = BUILT }: EditorOptions): Editor {
  let state: EditorState = { state: mayBuild ? 'building' : 'missing' };
  /** What `state` was made of. */
  let shown: string | undefined;
  const ending = new AbortController();

  async function prepare(): Promise<void> {
    if (mayBuild && !(await isBuilt())) {
      const started = performance.now();
      say('Building the editor (at the first start, and after an update; some 20 seconds) …');
      await build(ending.signal);
      const ms = Math.round(performance.now() - started);
      say(`The editor is built (${(ms / 1000).toFixed(1)} s).`);
      log.info({ ms }, 'the editor was built');
    }
    state = { state: 'missing' };
    await look();
  }

  /** Another process of this installation, or a person, may have put another build in the place of the one that is shown. */
  async function look(): Promise<void> {
    const built = await builtOf(folder);
    if (built === undefined || built === shown) return;
    const files = await listFiles(folder);
    if (files === undefined) return;
    state = { state: 'ready', files };
    shown = built;
  }

  const prepared = prepare().catch((error: unknown) => {
    if (ending.signal.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    state = { state: 'failed', why };
    say(`The editor could not be built; the hub works without it.\n${why}`);
    log.error(error instanceof BuildError ? { why } : { err: error }, 'the editor could not be built');
  });

  return {
    async state() {
      if (state.state === 'ready' || state.state === 'missing') await look();
      return state;
    },
    async close() {
      ending.abort();
      await prepared;
    },
  };
}
