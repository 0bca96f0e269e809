const CHANNEL = 'countersign.saved';

/** Tells the other pages of this browser that a mapping's draft was saved, so that they need not wait until they ask the hub again. */
export function tellSaved(mappingId: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(mappingId);
  channel.close();
}

/**
 * Listens to the other pages of this browser.
 * @returns ends it
 */
export function onSavedElsewhere(mappingId: string, listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === mappingId) listener();
  };
  return () => channel.close();
}
