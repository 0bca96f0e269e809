/* System.out and System.err write to the console; each call is one log line, a trailing line break aside. */

/** @param {string} level */
function printStream(level) {
  const write = (/** @type {string} */ text) => {
    const end = text.length - (text[text.length - 1] === '\n' ? 1 : 0);
    logValues(level, [stringSlice(text, 0, end)]);
  };
  return {
    /** @param {unknown} value */
    print: (value) => write(javaText(value)),
    /** @param {unknown[]} values none prints an empty line */
    println: (...values) => write(values.length === 0 ? '' : javaText(values[0])),
    /** @param {unknown} template @param {unknown[]} values */
    printf: (template, ...values) => write(formatJava(template, values)),
  };
}

exposeLazily('System', () => ({
  out: printStream('log'),
  err: printStream('error'),
  currentTimeMillis: dateNow,
  lineSeparator: () => '\n',
}));
