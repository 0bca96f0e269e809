/* The console: every line goes to the host with its level and time (`{level, message, at}`). */

let groupIndent = '';

/**
 * The text of a console call: Node's substitutions (%s %d %i %f %j %o %O %c %%) in a leading string, then the rest, blank between.
 * @param {unknown[]} values
 */
function formatLog(values) {
  const template = values[0];
  if (values.length === 1 && typeof template === 'string') return template;
  let text = '';
  let used = 0;
  if (typeof template === 'string') {
    used = 1;
    let from = 0;
    for (let at = stringIndexOf(template, '%'); at >= 0; at = stringIndexOf(template, '%', at + 2)) {
      const letter = template[at + 1] ?? '';
      const takesValue = letter !== '' && stringIndexOf('sdifjoOc', letter) >= 0;
      if (letter !== '%' && (!takesValue || used >= values.length)) continue;
      text += stringSlice(template, from, at);
      text += letter === '%' ? '%' : substitute(letter, values[used++]);
      from = at + 2;
    }
    text += stringSlice(template, from);
  }
  for (; used < values.length; used++) {
    const value = values[used];
    text += `${used === 0 ? '' : ' '}${typeof value === 'string' ? value : inspect(value)}`;
  }
  return text;
}

/**
 * @param {string} letter
 * @param {unknown} value
 * @returns {string}
 */
function substitute(letter, value) {
  switch (letter) {
    case 's':
      return typeof value === 'string' ? value : inspect(value);
    case 'd':
    case 'i':
    case 'f':
      return substituteNumber(letter, value);
    case 'j':
      return inspectAsJSON(value);
    case 'c':
      return '';
    default:
      return inspect(value);
  }
}

/** @param {string} letter @param {unknown} value */
function substituteNumber(letter, value) {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol' || (typeof value === 'object' && value !== null)) return 'NaN';
  const number = NumberCtor(value);
  return objectIs(number, -0) ? '-0' : `${letter === 'i' ? mathTrunc(number) : number}`;
}

/** @param {unknown} value */
function inspectAsJSON(value) {
  try {
    return `${jsonStringify(value)}`;
  } catch {
    return inspect(value);
  }
}

/** @param {string} level @param {unknown[]} values */
function logValues(level, values) {
  // A log beyond its caps costs nothing more to write.
  if (!outbox.logCut) log(level, groupIndent + formatLog(values));
}

const levels = {
  /** @param {unknown[]} values */
  debug(...values) {
    logValues('debug', values);
  },
  /** @param {unknown[]} values */
  log(...values) {
    logValues('log', values);
  },
  /** @param {unknown[]} values */
  info(...values) {
    logValues('info', values);
  },
  /** @param {unknown[]} values */
  warn(...values) {
    logValues('warn', values);
  },
  /** @param {unknown[]} values */
  error(...values) {
    logValues('error', values);
  },
  /** @param {unknown} value */
  dir(value) {
    logValues('log', [value]);
  },
  /** @param {unknown} value */
  table(value) {
    logValues('log', [value]);
  },
  /** @param {unknown[]} values */
  trace(...values) {
    const place = new ErrorCtor(formatLog(values));
    define(place, 'name', 'Trace', false);
    captureStackTrace(place, levels.trace);
    logValues('debug', [place]);
  },
  /** @param {unknown} condition @param {unknown[]} values */
  assert(condition, ...values) {
    if (!condition)
      logValues('error', [`Assertion failed${values.length > 0 ? ': ' : ''}${formatLog(values)}`]);
  },
  /** @param {unknown[]} values */
  group(...values) {
    if (values.length > 0) logValues('log', values);
    if (groupIndent.length < 20) groupIndent += '  ';
  },
  groupEnd() {
    groupIndent = stringSlice(groupIndent, 2);
  },
};

expose('console', {});
addMethods(global.console, levels);
