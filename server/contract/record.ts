/** An object with one value per key: `recordOf(['a', 'b'], f)` is `{ a: f('a'), b: f('b') }`. */
export const recordOf = <K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> =>
  // Object.fromEntries forgets the keys' type.
  Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>;
