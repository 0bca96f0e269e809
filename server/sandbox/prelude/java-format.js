/*
 * String.format with the rules of java.util.Formatter (Java SE, package java.util, class Formatter), in the root locale. All conversions
 * but dates (%t), hash codes (%h) and hexadecimal floats (%a). JavaScript has one kind of number: %d takes whole ones, %f and %e any.
 */

/**
 * @typedef {{ text: string, conversion: string, upper: boolean, flags: string, width: number, precision: number }} Spec
 * One format specifier; width and precision are -1 when absent.
 */

const SPECIFIER = /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/y;
const CONVERSIONS = 'sSdfxXcCbBeEgGon%';
/** Flags each conversion may carry. @type {any} */
const ALLOWED_FLAGS = {
  __proto__: null,
  s: '-',
  b: '-',
  c: '-',
  d: '-0+ ,(',
  o: '-0#',
  x: '-0#',
  f: '-0+ ,(#',
  e: '-0+ (#',
  g: '-0+ ,(',
  '%': '-',
  n: '',
};
const MOST_WIDTH = 10_000;

/**
 * @param {unknown} template
 * @param {unknown[]} values
 * @returns {string}
 * @throws {TypeError} that names the specifier and the fix
 */
function formatJava(template, values) {
  const source = javaText(template);
  let text = '';
  let next = 0;
  let last = -1;
  let from = 0;
  for (let at = source.indexOf('%'); at >= 0; at = source.indexOf('%', from)) {
    text += source.slice(from, at);
    SPECIFIER.lastIndex = at;
    const match = SPECIFIER.exec(source);
    if (match === null)
      throw formatError(source.slice(at, at + 2), 'is no format; write %% for a percent sign');
    from = SPECIFIER.lastIndex;
    const spec = readSpec(match);
    if (spec.conversion === 'n' || spec.conversion === '%') {
      text += spec.conversion === 'n' ? '\n' : pad('%', spec);
      continue;
    }
    const index = match[2]?.includes('<') ? last : match[1] === undefined ? next++ : Number(match[1]) - 1;
    if (index < 0 || index >= values.length) {
      const given = values.length === 1 ? '1 value is' : `${values.length} values are`;
      throw formatError(spec.text, `has no value: only ${given} given after the format`);
    }
    last = index;
    const written = convert(spec, values[index], index + 1);
    text += spec.upper ? written.toUpperCase() : written;
  }
  return text + source.slice(from);
}

/** @param {string} specifier @param {string} problem */
function formatError(specifier, problem) {
  return new TypeErrorCtor(`String.format: "${specifier}" ${problem}`);
}

/** @param {RegExpExecArray} match @returns {Spec} */
function readSpec(match) {
  const letter = match[5] ?? '';
  const conversion = letter === 'X' ? 'x' : letter.toLowerCase();
  const spec = {
    text: match[0],
    conversion,
    upper: letter !== conversion,
    flags: (match[2] ?? '').replaceAll('<', ''),
    width: Number(match[3] ?? -1),
    precision: Number(match[4] ?? -1),
  };
  if (!CONVERSIONS.includes(letter)) {
    throw formatError(spec.text, 'is not a format that exists here; use %s %d %f %x %o %e %g %c %b %n %%');
  }
  checkSpec(spec);
  return spec;
}

/** @param {Spec} spec */
function checkSpec(spec) {
  const { text, conversion, flags, width, precision } = spec;
  for (const flag of flags) {
    if (flags.indexOf(flag) !== flags.lastIndexOf(flag))
      throw formatError(text, `has the flag "${flag}" twice`);
    if (!ALLOWED_FLAGS[conversion].includes(flag)) {
      const hint = flag === ' ' ? '; write %% for a percent sign' : '';
      throw formatError(text, `cannot have the flag "${flag}"${hint}`);
    }
  }
  if (flags.includes('-') && flags.includes('0')) throw formatError(text, 'cannot have both "-" and "0"');
  if (flags.includes('+') && flags.includes(' ')) throw formatError(text, 'cannot have both "+" and a blank');
  if ((flags.includes('-') || flags.includes('0')) && width < 0) {
    throw formatError(text, 'needs a width after its flag, as in %-10s or %05d');
  }
  if (precision >= 0 && 'dxocn%'.includes(conversion)) {
    throw formatError(text, `cannot have a precision (".${precision}"); that is for %f, %e, %g, %s and %b`);
  }
  if (conversion === 'n' && width >= 0) throw formatError(text, 'cannot have a width');
  if (width > MOST_WIDTH || precision > MOST_WIDTH) throw formatError(text, `is wider than ${MOST_WIDTH}`);
}

/**
 * @param {Spec} spec
 * @param {any} value
 * @param {number} position of the value, from 1
 */
function convert(spec, value, position) {
  const nothing = value === null || value === undefined;
  switch (spec.conversion) {
    case 's':
      return pad(cut(javaText(value), spec), spec);
    case 'b':
      return pad(cut(nothing ? 'false' : typeof value === 'boolean' ? `${value}` : 'true', spec), spec);
  }
  if (nothing) return pad(cut('null', spec), spec);
  switch (spec.conversion) {
    case 'c':
      return pad(toCharacter(spec, value, position), spec);
    case 'd':
    case 'x':
    case 'o':
      return convertWhole(spec, toWhole(spec, value, position));
    default:
      return convertDecimal(spec, value, position);
  }
}

/** @param {string} text @param {Spec} spec */
function cut(text, { precision }) {
  return precision >= 0 ? text.slice(0, precision) : text;
}

/** @param {string} text @param {Spec} spec */
function pad(text, { flags, width }) {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

/** @param {Spec} spec @param {unknown} value @param {number} position */
function toCharacter(spec, value, position) {
  if (typeof value === 'string' && [...value].length === 1) return value;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x10ffff) {
    return String.fromCodePoint(value);
  }
  throw formatError(
    spec.text,
    `needs one character, but value ${position} is ${describeValue(value)}; use %s`,
  );
}

/** @param {Spec} spec @param {unknown} value @param {number} position @returns {bigint} */
function toWhole(spec, value, position) {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  const fix = typeof value === 'number' ? 'use %f or %s' : 'use %s, or Integer.parseInt(...)';
  throw formatError(
    spec.text,
    `needs a whole number, but value ${position} is ${describeValue(value)}; ${fix}`,
  );
}

/** @param {Spec} spec @param {bigint} value */
function convertWhole(spec, value) {
  if (spec.conversion === 'd') return sign(spec, value < 0n, `${value < 0n ? -value : value}`);
  // Java writes the bits: 32 for what an int holds, 64 for a long.
  const bits = value >= -0x80000000n && value <= 0x7fffffffn ? 32 : 64;
  const digits = BigInt.asUintN(bits, value).toString(spec.conversion === 'x' ? 16 : 8);
  const prefix = !spec.flags.includes('#') ? '' : spec.conversion === 'x' ? '0x' : '0';
  const zeros = spec.flags.includes('0') ? Math.max(0, spec.width - prefix.length - digits.length) : 0;
  return pad(prefix + '0'.repeat(zeros) + digits, spec);
}

/**
 * Adds sign, thousands commas and padding to a number written without them.
 * @param {Spec} spec
 * @param {boolean} negative
 * @param {string} digits
 */
function sign(spec, negative, digits) {
  const { flags, width } = spec;
  const before = negative
    ? flags.includes('(')
      ? '('
      : '-'
    : flags.includes('+')
      ? '+'
      : flags.includes(' ')
        ? ' '
        : '';
  const after = negative && flags.includes('(') ? ')' : '';
  const grouped = flags.includes(',') ? digits.replace(/\d(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '$&,') : digits;
  const zeros = flags.includes('0') ? Math.max(0, width - before.length - grouped.length - after.length) : 0;
  return pad(before + '0'.repeat(zeros) + grouped + after, spec);
}

/** @param {Spec} spec @param {unknown} value @param {number} position */
function convertDecimal(spec, value, position) {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number') {
    throw formatError(
      spec.text,
      `needs a number, but value ${position} is ${describeValue(value)}; use %s, or Double.parseDouble(...)`,
    );
  }
  const negative = number < 0 || Object.is(number, -0);
  const size = Math.abs(number);
  if (!Number.isFinite(size)) {
    if (Number.isNaN(size)) return pad('NaN', spec);
    return sign({ ...spec, flags: spec.flags.replace(/[0,]/g, '') }, negative, 'Infinity');
  }
  const precision = spec.precision < 0 ? 6 : spec.precision;
  const point = spec.flags.includes('#') && precision === 0 ? '.' : '';
  if (spec.conversion === 'f') return sign(spec, negative, fixed(size, precision) + point);
  if (spec.conversion === 'e') return sign(spec, negative, scientific(size, precision, point));
  return sign(spec, negative, general(size, precision));
}

/**
 * The shortest decimal digits that name a double, which is what Java rounds (so 1.005 to two places is 1.01, not 1.00).
 * @param {number} size
 * @returns {{ digits: string, exponent: number }} size = 0.digits * 10^exponent
 */
function decimalOf(size) {
  const [mantissa = '', power = '0'] = size.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(power) + 1 };
}

/**
 * Rounds half up to so many digits.
 * @param {{ digits: string, exponent: number }} decimal
 * @param {number} count digits to keep; may be 0 or less
 */
function roundHalfUp({ digits, exponent }, count) {
  if (count >= digits.length) return { digits, exponent };
  if (count < 0) return { digits: '0', exponent: 1 };
  const up = (digits[count] ?? '0') >= '5' ? 1n : 0n;
  const kept = `${BigInt(`0${digits.slice(0, count)}`) + up}`.padStart(count, '0');
  return { digits: kept, exponent: exponent + kept.length - count };
}

/** @param {number} size @param {number} precision digits after the point */
function fixed(size, precision) {
  const decimal = decimalOf(size);
  const { digits, exponent } = roundHalfUp(decimal, decimal.exponent + precision);
  const all = exponent > 0 ? digits.padEnd(exponent, '0') : '0'.repeat(1 - exponent) + digits;
  const whole = Math.max(exponent, 1);
  const fraction = all.slice(whole, whole + precision).padEnd(precision, '0');
  return all.slice(0, whole) + (precision > 0 ? `.${fraction}` : '');
}

/** @param {number} size @param {number} precision @param {string} point */
function scientific(size, precision, point) {
  const { digits, exponent } = roundHalfUp(decimalOf(size), precision + 1);
  const power = size === 0 ? 0 : exponent - 1;
  const fraction = digits.slice(1, precision + 1).padEnd(precision, '0');
  const mantissa = (digits[0] ?? '0') + (precision > 0 ? `.${fraction}` : point);
  return `${mantissa}e${power < 0 ? '-' : '+'}${`${Math.abs(power)}`.padStart(2, '0')}`;
}

/** @param {number} size @param {number} precision significant digits */
function general(size, precision) {
  const count = precision === 0 ? 1 : precision;
  if (size === 0) return fixed(0, count - 1);
  const power = roundHalfUp(decimalOf(size), count).exponent - 1;
  return power >= -4 && power < count ? fixed(size, count - power - 1) : scientific(size, count - 1, '');
}
