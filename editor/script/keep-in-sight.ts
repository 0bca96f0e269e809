import type { editor } from 'monaco-editor/editor';

/**
 * Keeps the cursor in sight when the view gets lower or narrower, as when news stand below it: whoever types sees what is typed. A cursor
 * that was out of sight before stays there.
 */
export function keepCursorInSight(view: editor.ICodeEditor): { dispose(): void } {
  const isInSight = (): boolean => {
    const line = view.getPosition()?.lineNumber ?? 0;
    return view.getVisibleRanges().some((each) => each.startLineNumber <= line && line <= each.endLineNumber);
  };
  let wasInSight = true;
  const look = (): void => void (wasInSight = isInSight());
  const subscriptions = [
    view.onDidScrollChange((event) => {
      if (event.scrollTopChanged) look();
    }),
    view.onDidChangeCursorPosition(look),
    view.onDidLayoutChange(() => {
      const place = view.getPosition();
      if (wasInSight && place !== null) view.revealPosition(place);
    }),
  ];
  return {
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
