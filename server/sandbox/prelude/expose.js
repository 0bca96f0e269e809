/*
 * How a name gets into the script's scope. Helpers are like the engine's own globals (writable, not enumerable), a run's variables
 * are read-only.
 */

/** @param {string} name @param {unknown} value */
function expose(name, value) {
  define(global, name, value, false);
}

/**
 * Puts a global in scope that is made when it is first read: what a script does not use costs it nothing.
 * @param {string} name
 * @param {() => unknown} make
 */
function exposeLazily(name, make) {
  defineProperty(global, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      const value = make();
      expose(name, value);
      return value;
    },
    set(/** @type {unknown} */ value) {
      expose(name, value);
    },
  });
}

/**
 * Puts a variable in scope that strict code cannot assign: the TypeError of the attempt names it.
 * @param {string} name
 * @param {unknown} value
 */
function exposeReadOnly(name, value) {
  defineProperty(global, name, {
    __proto__: null,
    value,
    enumerable: true,
    writable: false,
    configurable: false,
  });
}

/**
 * Gives a class or namespace plain, hidden methods, as the engine's own are.
 * @param {object} target
 * @param {Record<string, unknown>} methods
 */
function addMethods(target, methods) {
  const names = objectKeys(methods);
  for (let i = 0; i < names.length; i++) {
    const name = /** @type {string} */ (names[i]);
    define(target, name, methods[name], false);
  }
}

/**
 * Makes a value once, when it is first asked for.
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
function once(make) {
  let made = false;
  /** @type {T} */
  let value;
  return () => {
    if (!made) {
      value = make();
      made = true;
    }
    return value;
  };
}
