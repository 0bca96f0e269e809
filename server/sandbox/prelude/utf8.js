/* Text measured and cut in UTF-8 bytes: the unit of every size limit. */

/**
 * Bytes of the character that starts at `index`: 1 to 4. Half a surrogate pair counts 3, as it is sent as U+FFFD.
 * @param {string} text
 * @param {number} index
 */
function utf8Width(text, index) {
  const unit = charCodeAt(text, index);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if (unit < 0xd800 || unit > 0xdbff) return 3;
  const next = charCodeAt(text, index + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 4 : 3;
}

/**
 * The longest start of a text that fits into so many UTF-8 bytes, never half a character.
 * @param {string} text
 * @param {number} bytes
 */
function utf8Start(text, bytes) {
  if (text.length * 3 <= bytes) return text;
  let used = 0;
  let index = 0;
  while (index < text.length) {
    const width = utf8Width(text, index);
    if (used + width > bytes) return stringSlice(text, 0, index);
    used += width;
    index += width === 4 ? 2 : 1;
  }
  return text;
}

/**
 * UTF-8 bytes of a text.
 * @param {string} text
 */
function utf8Length(text) {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const width = utf8Width(text, index);
    bytes += width;
    if (width === 4) index++;
  }
  return bytes;
}

/** @param {string} text @param {number} bytes */
function fitsUtf8(text, bytes) {
  return text.length * 3 <= bytes || (text.length <= bytes && utf8Length(text) <= bytes);
}
