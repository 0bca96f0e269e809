/** One way in which a secret may stand in a text. */
export interface Spelling {
  readonly text: string;
  /** Whether the character before (after) it also carries bits of the secret: base64 cut at a byte's middle. */
  readonly before: boolean;
  readonly after: boolean;
}

const whole = (text: string): Spelling => ({ text, before: false, after: false });

/**
 * The part of a base64 text that is the same whatever stands around `bytes`, when `shift` (0, 1 or 2) bytes precede them in their
 * group of three (RFC 4648 §4: three bytes are four characters of six bits).
 */
function base64At(bytes: Buffer, shift: number): Spelling {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  const first = Math.ceil((shift * 8) / 6);
  const bits = (shift + bytes.length) * 8;
  return { text: text.slice(first, Math.floor(bits / 6)), before: shift > 0, after: bits % 6 > 0 };
}

const urlSafe = (spelling: Spelling): Spelling => ({
  ...spelling,
  text: spelling.text.replaceAll('+', '-').replaceAll('/', '_'),
});

/**
 * The spellings of a secret that a text is searched for: plain, base64 (at the three places it can have in a longer base64 text,
 * standard and URL-safe) and hex. Percent-encoding and JSON escapes are undone before the search, see views.ts.
 */
export function spellingsOf(secret: string): Spelling[] {
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((shift) => base64At(bytes, shift));
  return [whole(secret), ...base64, ...base64.map(urlSafe), whole(hex), whole(hex.toUpperCase())];
}
