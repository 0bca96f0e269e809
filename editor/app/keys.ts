/** What of a keyboard event tells which shortcut it is. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * Whether a key press is the shortcut `keys`.
 * @param keys as `Mod+Shift+Enter`, `Alt+1`, `?`, `/`; Mod is ⌘ on a Mac and Ctrl elsewhere
 */
export function isPressed(keys: string, press: KeyPress, mac: boolean = isMac()): boolean {
  const names = keys.split('+');
  const key = names.pop() ?? '';
  const wanted = (name: string): boolean => names.includes(name);
  const ctrl = wanted('Ctrl') || (wanted('Mod') && !mac);
  const meta = wanted('Mod') && mac;
  if (press.ctrlKey !== ctrl || press.metaKey !== meta || press.altKey !== wanted('Alt')) return false;
  // A sign such as ? may need Shift, or not, depending on the keyboard.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && press.shiftKey !== wanted('Shift')) return false;
  // With Alt a Mac types other characters: there the key itself counts.
  if (/^\d$/.test(key)) return press.code === `Digit${key}` || press.key === key;
  const typed = press.key.toLowerCase();
  if (names.includes('Alt') && /^[a-z]$/i.test(key) && !/^[a-z]$/.test(typed))
    return press.code === `Key${key.toUpperCase()}`;
  return typed === key.toLowerCase();
}

/** A shortcut as its keys are called on this machine: `Ctrl`, `Shift`, `Enter`, or `⌘`, `⇧`, `↵`. */
export function keyNames(keys: string, mac: boolean = isMac()): string[] {
  const names: Readonly<Record<string, string>> = mac
    ? { Mod: '⌘', Ctrl: '⌃', Shift: '⇧', Alt: '⌥', Enter: '↵', Escape: 'esc' }
    : { Mod: 'Ctrl', Escape: 'Esc' };
  return keys.split('+').map((name) => names[name] ?? name);
}
