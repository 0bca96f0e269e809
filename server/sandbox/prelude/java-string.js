/* The methods of java.lang.String that JavaScript's strings lack (docs/writing-scripts.md). */

addMethods(String, {
  /** @param {unknown} template @param {unknown[]} values */
  format(template, ...values) {
    return formatJava(template, values);
  },

  /** @param {unknown} value */
  valueOf(value) {
    return javaText(value);
  },

  /**
   * `String.join(", ", list)` and `String.join(", ", "a", "b")`.
   * @param {unknown} separator
   * @param {any[]} values
   */
  join(separator, ...values) {
    const one = values[0];
    const list = values.length === 1 && typeof one === 'object' && one !== null ? [...one] : values;
    return arrayJoin(list.map(javaText), javaText(separator));
  },
});

addMethods(String.prototype, {
  /** @this {string} @param {unknown} other */
  equals(other) {
    return typeof other === 'string' && `${this}` === other;
  },

  /** @this {string} @param {unknown} other */
  equalsIgnoreCase(other) {
    if (typeof other !== 'string' || this.length !== other.length) return false;
    // Both ways, as Java does: some letters agree only in upper case, some only in lower case.
    return toUpperCase(`${this}`) === toUpperCase(other) || toLowerCase(`${this}`) === toLowerCase(other);
  },

  /** @this {string} */
  isEmpty() {
    return this.length === 0;
  },

  /** @this {string} */
  isBlank() {
    return stringTrim(`${this}`) === '';
  },

  /** @this {string} @param {unknown} part */
  contains(part) {
    return stringIndexOf(`${this}`, javaText(part)) >= 0;
  },

  /** @this {string} @param {unknown[]} values */
  formatted(...values) {
    return formatJava(`${this}`, values);
  },
});
