/* crypto.randomUUID, digest and hmac: synchronous, over @noble/hashes. */

const vendorHashes = once(loadVendorHashes);

/**
 * 32 bytes of the host's randomness as 64 hex digits: an isolate has none that deserves the name.
 * @type {string | undefined}
 */
let entropy;
let drawn = 0;

/** @param {unknown} given */
function setEntropy(given) {
  // No regular expression: what one last saw stays readable on RegExp, and a script should not foretell its UUIDs.
  if (typeof given === 'string' && given.length === 64) entropy = given;
}

/** A version 4 UUID (RFC 9562 section 5.4) from HMAC-SHA256 of a counter under the host's randomness. */
function randomUUID() {
  if (entropy === undefined)
    throw new ErrorCtor('crypto.randomUUID is not available: the host gave this run no randomness');
  const { hmac, sha256 } = vendorHashes();
  drawn++;
  /** @type {any} */
  const bytes = hmac(sha256, hexDecode(entropy), utf8Encode(`randomUUID ${drawn}`));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = hexEncode(bytes);
  const part = (/** @type {number} */ from, /** @type {number} */ to) => stringSlice(hex, from, to);
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`;
}

/** @param {string} caller @param {unknown} algorithm */
function hashOf(caller, algorithm) {
  const { md5, sha1, sha256 } = vendorHashes();
  switch (typeof algorithm === 'string' ? toLowerCase(algorithm) : undefined) {
    case 'md5':
      return md5;
    case 'sha1':
    case 'sha-1':
      return sha1;
    case 'sha256':
    case 'sha-256':
      return sha256;
    default:
      throw new TypeErrorCtor(
        `${caller}: the algorithm is md5, sha1 or sha256, not ${describeValue(algorithm)}`,
      );
  }
}

/** @param {string} caller @param {string} what @param {any} data text (as UTF-8) or bytes */
function dataBytes(caller, what, data) {
  if (typeof data === 'string') return utf8Encode(data);
  if (typedArrayName(data) === 'Uint8Array') return data;
  const fix = 'give a string or a Uint8Array';
  throw new TypeErrorCtor(`${caller}: the ${what} cannot be ${describeValue(data)}; ${fix}`);
}

/** @param {string} caller @param {Uint8Array} bytes @param {unknown} encoding */
function encodeBytes(caller, bytes, encoding) {
  if (encoding === 'hex') return hexEncode(bytes);
  if (encoding === 'base64') return base64Encode(bytes);
  throw new TypeErrorCtor(`${caller}: the encoding is hex or base64, not ${describeValue(encoding)}`);
}

exposeLazily('crypto', () => {
  const crypto = {};
  addMethods(crypto, {
    randomUUID,

    /** @param {unknown} algorithm @param {unknown} data @param {unknown} encoding */
    digest(algorithm, data, encoding = 'hex') {
      const hash = hashOf('crypto.digest', algorithm);
      return encodeBytes('crypto.digest', hash(dataBytes('crypto.digest', 'data', data)), encoding);
    },

    /** @param {unknown} algorithm @param {unknown} key @param {unknown} data @param {unknown} encoding */
    hmac(algorithm, key, data, encoding = 'hex') {
      const hash = hashOf('crypto.hmac', algorithm);
      const keyBytes = dataBytes('crypto.hmac', 'key', key);
      const code = vendorHashes().hmac(hash, keyBytes, dataBytes('crypto.hmac', 'data', data));
      return encodeBytes('crypto.hmac', code, encoding);
    },
  });
  return crypto;
});
