/** Letters and digits: what every provider's console takes. */
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * The last character of 32 bytes in base64 holds four bits of them and two zeros. Decoders that are strict (Java's among them)
 * refuse any other.
 */
const LAST_OF_KEY = 'AEIMQUYcgkosw048';

const TOKEN_CHARACTERS = 32;
const AES_KEY_CHARACTERS = 43;

/** Bytes from here on would make the first characters of an alphabet likelier than the others. */
const fairBelow = (alphabet: string): number => 256 - (256 % alphabet.length);

/** Random text of the characters of an alphabet, all equally likely. */
function randomText(length: number, alphabet: string): string {
  let text = '';
  while (text.length < length)
    for (const byte of crypto.getRandomValues(new Uint8Array(length - text.length)))
      if (byte < fairBelow(alphabet)) text += alphabet.charAt(byte % alphabet.length);
  return text;
}

const MAKERS: Readonly<Record<string, () => string>> = {
  token: () => randomText(TOKEN_CHARACTERS, ALPHANUMERIC),
  aesKey: () => randomText(AES_KEY_CHARACTERS - 1, ALPHANUMERIC) + randomText(1, LAST_OF_KEY),
};

/** Makes a value for a setting that a person may make up; undefined for settings that the provider alone hands out. */
export const generatorOf = (key: string): (() => string) | undefined => MAKERS[key];
