import { initialize, libFileMap, ts } from 'monaco-editor/languages/features/typescript/ts.worker';
import { ScriptWorker } from './script-worker.ts';

// Monaco's own worker has set this while it was imported; from here on the first message starts ours.
self.onmessage = () => {
  initialize(
    (page) =>
      new ScriptWorker({ ts: ts.typescript, libraryOfLanguage: libFileMap }, () => page.getMirrorModels()),
  );
};
