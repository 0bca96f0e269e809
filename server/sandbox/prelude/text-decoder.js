/* TextDecoder for UTF-8 (WHATWG Encoding, "UTF-8 decoder"). */

const UTF8_LABELS = [
  'utf-8',
  'utf8',
  'unicode-1-1-utf-8',
  'unicode11utf8',
  'unicode20utf8',
  'x-unicode20utf8',
];

/**
 * @param {any} data an ArrayBuffer or a view on one
 * @returns {Uint8Array}
 */
function bytesOf(data) {
  if (typedArrayName(data) === 'Uint8Array') return data;
  if (ArrayBuffer.isView(data)) return new Uint8ArrayCtor(data.buffer, data.byteOffset, data.byteLength);
  if (attempt(arrayBufferByteLength, data) !== undefined) return new Uint8ArrayCtor(data);
  throw new TypeErrorCtor(`Bytes are needed (a Uint8Array or ArrayBuffer), not ${describeValue(data)}`);
}

exposeLazily('TextDecoder', () => {
  class TextDecoder {
    #fatal;
    #ignoreBOM;
    // A character cut between two calls with {stream: true}: bytes still needed, bounds of the next byte, bits so far.
    #needed = 0;
    #lower = 0x80;
    #upper = 0xbf;
    #point = 0;
    #started = false;

    /** @param {unknown} label @param {{ fatal?: boolean, ignoreBOM?: boolean }} options */
    constructor(label = 'utf-8', options = {}) {
      if (!UTF8_LABELS.includes(`${label}`.trim().toLowerCase())) {
        throw new RangeErrorCtor(`TextDecoder: only utf-8 is available here, not "${label}"`);
      }
      this.#fatal = Boolean(options?.fatal);
      this.#ignoreBOM = Boolean(options?.ignoreBOM);
    }

    get encoding() {
      return 'utf-8';
    }

    get fatal() {
      return this.#fatal;
    }

    get ignoreBOM() {
      return this.#ignoreBOM;
    }

    /** @param {unknown} [data] @param {{ stream?: boolean }} options */
    decode(data, options = {}) {
      const bytes = data === undefined ? new Uint8ArrayCtor() : bytesOf(data);
      let text = '';
      for (let i = 0; i < bytes.length;) {
        const byte = /** @type {number} */ (bytes[i]);
        if (this.#needed === 0) {
          text += this.#begin(byte);
          i++;
        } else if (byte < this.#lower || byte > this.#upper) {
          // The byte that breaks a character off is read again as the start of the next.
          this.#reset();
          text += this.#replace();
        } else {
          text += this.#proceed(byte);
          i++;
        }
      }
      if (!options?.stream) {
        if (this.#needed > 0) {
          this.#reset();
          text += this.#replace();
        }
        return this.#withoutMark(text, true);
      }
      return this.#withoutMark(text, false);
    }

    /** @param {number} byte the first of a character */
    #begin(byte) {
      if (byte < 0x80) return fromCharCode(byte);
      if (byte < 0xc2 || byte > 0xf4) return this.#replace();
      this.#needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      this.#point = byte & (0x3f >> this.#needed);
      if (byte === 0xe0) this.#lower = 0xa0;
      if (byte === 0xed) this.#upper = 0x9f;
      if (byte === 0xf0) this.#lower = 0x90;
      if (byte === 0xf4) this.#upper = 0x8f;
      return '';
    }

    /** @param {number} byte a further one of a character */
    #proceed(byte) {
      this.#lower = 0x80;
      this.#upper = 0xbf;
      this.#point = (this.#point << 6) | (byte & 0x3f);
      this.#needed--;
      return this.#needed > 0 ? '' : String.fromCodePoint(this.#point);
    }

    #reset() {
      this.#needed = 0;
      this.#lower = 0x80;
      this.#upper = 0xbf;
    }

    #replace() {
      if (!this.#fatal) return '\ufffd';
      this.#started = false;
      throw new TypeErrorCtor('TextDecoder: the bytes are not valid UTF-8');
    }

    /** @param {string} text @param {boolean} last */
    #withoutMark(text, last) {
      const marked = !this.#started && !this.#ignoreBOM && text[0] === '\ufeff';
      this.#started = last ? false : this.#started || text !== '';
      return marked ? text.slice(1) : text;
    }
  }
  return TextDecoder;
});
