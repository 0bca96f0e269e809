/* atob, btoa and UTF-8 encoding (WHATWG Encoding and HTML "forgiving base64"). */

/**
 * What a browser throws as a DOMException: here an Error of the same name.
 * @param {string} name
 * @param {string} message
 */
function domError(name, message) {
  const error = new ErrorCtor(message);
  define(error, 'name', name, false);
  return error;
}

/**
 * @param {string} text
 * @returns {Uint8Array} its UTF-8 bytes; half a surrogate pair becomes U+FFFD
 */
function utf8Encode(text) {
  const bytes = new Uint8ArrayCtor(utf8Length(text));
  utf8Write(text, bytes);
  return bytes;
}

/**
 * Writes as many whole characters as there is room for.
 * @param {string} text
 * @param {Uint8Array} bytes
 * @returns {{ read: number, written: number }} UTF-16 units read, bytes written
 */
function utf8Write(text, bytes) {
  let read = 0;
  let at = 0;
  while (read < text.length) {
    const width = utf8Width(text, read);
    if (at + width > bytes.length) break;
    let point = charCodeAt(text, read);
    if (width === 4) point = 0x10000 + ((point & 0x3ff) << 10) + (charCodeAt(text, read + 1) & 0x3ff);
    else if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (width === 1) bytes[at] = point;
    else {
      bytes[at] = ((0xf00 >> width) & 0xff) | (point >> (6 * (width - 1)));
      for (let i = 1; i < width; i++) bytes[at + i] = 0x80 | ((point >> (6 * (width - 1 - i))) & 0x3f);
    }
    at += width;
    read += width === 4 ? 2 : 1;
  }
  return { read, written: at };
}

const NOT_BASE64 = 'The text is not valid base64';

/** @param {unknown} given base64 @returns {string} one character a byte */
function atob(given) {
  const text = `${given}`;
  /** @type {Uint8Array} */
  let bytes;
  try {
    bytes = base64Decode(text);
  } catch {
    throw domError('InvalidCharacterError', `atob: ${NOT_BASE64}`);
  }
  return latin1(bytes);
}

/** @param {unknown} given one character a byte @returns {string} base64 */
function btoa(given) {
  const text = `${given}`;
  const bytes = new Uint8ArrayCtor(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = charCodeAt(text, i);
    if (unit > 0xff) {
      throw domError(
        'InvalidCharacterError',
        'btoa: the text has characters beyond one byte; use crypto.digest on text, or encode it with TextEncoder first',
      );
    }
    bytes[i] = unit;
  }
  return base64Encode(bytes);
}

/** @param {Uint8Array} bytes */
function latin1(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += fromCharCode(/** @type {number} */ (bytes[i]));
  return text;
}

expose('atob', atob);
expose('btoa', btoa);

exposeLazily('TextEncoder', () => {
  class TextEncoder {
    get encoding() {
      return 'utf-8';
    }

    /** @param {unknown} text */
    encode(text = '') {
      return utf8Encode(`${text}`);
    }

    /** @param {unknown} text @param {Uint8Array} bytes */
    encodeInto(text, bytes) {
      if (typedArrayName(bytes) !== 'Uint8Array')
        throw new TypeErrorCtor('encodeInto writes into a Uint8Array');
      return utf8Write(`${text}`, bytes);
    }
  }
  return TextEncoder;
});
