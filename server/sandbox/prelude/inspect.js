/*
 * Values as readable text, in the manner of Node's util.inspect. Reads property descriptors rather than properties, so no getter of the
 * script runs; only the traps of a script's own Proxy can, and what they throw is told in place of the value.
 */

const MOST_DEPTH = 4;
const MOST_ITEMS = 100;
const MOST_SCANNED = 10_000;
const MOST_TEXT = 10_000;
/** Characters of one inspected value; what a log keeps is counted again in bytes. */
const MOST_INSPECTED = 65_536;
const LINE_WIDTH = 76;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const ESCAPED = /** @type {any} */ ({ __proto__: null, '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' });

/**
 * @typedef {{ path: object[], room: number }} Inspection
 * `path`: the objects being told, from the outermost in; `room`: characters left
 */

/**
 * Tells any value as text.
 * @param {unknown} value
 * @returns {string}
 */
function inspect(value) {
  try {
    return inspectValue(value, { path: makeList(), room: MOST_INSPECTED });
  } catch (error) {
    return `[value that cannot be shown: ${readText(error, 'message', 200) ?? typeof error}]`;
  }
}

/** @param {unknown} value @param {Inspection} inspection @returns {string} */
function inspectValue(value, inspection) {
  const text =
    typeof value === 'object' && value !== null ? inspectObject(value, inspection) : inspectPlain(value);
  inspection.room -= text.length;
  return text;
}

/** @param {unknown} value anything but an object */
function inspectPlain(value) {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return symbolToString(value);
    case 'function':
      return inspectFunction(value);
    case 'number':
      return objectIs(value, -0) ? '-0' : `${value}`;
    default:
      return `${/** @type {any} */ (value)}`;
  }
}

/** @param {string} text */
function quote(text) {
  const shown = stringSlice(text, 0, MOST_TEXT);
  const mark = stringIndexOf(shown, "'") < 0 ? "'" : stringIndexOf(shown, '"') < 0 ? '"' : '`';
  let quoted = mark;
  for (let i = 0; i < shown.length; i++) {
    const character = /** @type {string} */ (shown[i]);
    quoted += character === mark ? `\\${mark}` : (ESCAPED[character] ?? character);
  }
  quoted += mark;
  return shown.length < text.length ? `${quoted}... ${text.length - shown.length} more characters` : quoted;
}

/** @param {Function} value */
function inspectFunction(value) {
  const name = ownValue(value, 'name');
  const label = typeof name === 'string' && name !== '' ? name : '(anonymous)';
  const kind = stringSlice(functionToString(value), 0, 5) === 'class' ? 'class' : 'Function:';
  return kind === 'class' ? `[class ${label}]` : `[Function: ${label}]`;
}

/** @param {object} value @param {Inspection} inspection @returns {string} */
function inspectObject(value, inspection) {
  const { path } = inspection;
  for (let i = 0; i < path.length; i++) if (path[i] === value) return '[Circular]';
  if (isJSONObject(value)) return inspectJSON(value);
  const name = constructorName(value);
  if (path.length > MOST_DEPTH || inspection.room <= 0)
    return isArray(value) ? '[Array]' : `[${name ?? 'Object'}]`;
  append(path, value);
  try {
    return inspectMembers(value, name, inspection);
  } finally {
    path.length--;
  }
}

/** @param {object} value a JSONObject: its keys are data, so it is told as its JSON */
function inspectJSON(value) {
  const text = jsonStringify(value);
  return text.length > MOST_TEXT
    ? `${stringSlice(text, 0, MOST_TEXT)}... ${text.length - MOST_TEXT} more characters`
    : text;
}

/** @param {object} value @param {string | null} name @param {Inspection} inspection */
function inspectMembers(value, name, inspection) {
  const list = isArray(value);
  /** @type {string[]} */
  const parts = makeList();
  const head = list ? listHead(value, name) : objectHead(value, name);
  if (list) addItems(parts, value, value.length, inspection);
  else if (typedArrayName(value) !== undefined) addItems(parts, value, typedArrayLength(value), inspection);
  else addEntries(parts, value, inspection);
  addProperties(parts, value, inspection);
  if (parts.length === 0) return list ? `${head}[]` : head === '' ? '{}' : bare(value) ? head : `${head} {}`;
  const brackets = list || typedArrayName(value) !== undefined ? '[]' : '{}';
  return layOut(head === '' || list ? head : `${head} `, parts, brackets, inspection.path.length);
}

/** @param {object} value */
function bare(value) {
  return isError(value) || attempt(dateGetTime, value) !== undefined || regExpText(value) !== undefined;
}

/** @param {any[]} value @param {string | null} name */
function listHead(value, name) {
  return name === 'Array' ? '' : `${name ?? '[Array: null prototype]'}(${value.length}) `;
}

/** @param {object} value @param {string | null} name */
function objectHead(value, name) {
  if (isError(value)) return errorHead(value);
  const time = attempt(dateGetTime, value);
  if (time !== undefined) return time === time ? dateToISOString(new DateCtor(time)) : 'Invalid Date';
  const expression = regExpText(value);
  if (expression !== undefined) return expression;
  const size = attempt(mapSize, hashMapEntries(value) ?? value) ?? attempt(setSize, value);
  if (size !== undefined) return `${name ?? 'Collection'}(${size})`;
  if (typedArrayName(value) !== undefined) return `${name ?? 'TypedArray'}(${typedArrayLength(value)})`;
  if (name === null) return '[Object: null prototype]';
  return name === 'Object' ? '' : name;
}

/** @param {Error} value */
function errorHead(value) {
  const stack = authorStack(readText(value, 'stack', MOST_STACK) ?? '');
  const message = readText(value, 'message', MOST_MESSAGE) ?? '';
  const title = `${readText(value, 'name', 200) ?? 'Error'}${message === '' ? '' : `: ${message}`}`;
  if (stack === '') return `[${title}]`;
  // V8 writes the stack when the error is made; a message set later would be lost.
  return stringIndexOf(stack, message) < 0 ? `${title}\n${stack}` : stack;
}

const SCRIPT_FRAME = /^( +at .*script\.js:)(\d+)(:\d+\)?)$/;
const PRELUDE_FRAME = /^ +at .*countersign:prelude/;

/**
 * A stack as its author knows the text: the script's lines counted from the author's first, the prelude's frames left out.
 * @param {string} stack
 */
function authorStack(stack) {
  let shown = '';
  for (let from = 0; from < stack.length;) {
    const end = stringIndexOf(stack, '\n', from);
    const line = stringSlice(stack, from, end < 0 ? stack.length : end);
    from += line.length + 1;
    if (regExpExec(PRELUDE_FRAME, line) !== null) continue;
    const frame = regExpExec(SCRIPT_FRAME, line);
    const told = frame === null ? line : `${frame[1]}${+(frame[2] ?? 0) - SOURCE_LINE_OFFSET}${frame[3]}`;
    shown += shown === '' ? told : `\n${told}`;
  }
  return shown;
}

/**
 * Asks a brand-checking method or getter of the engine: undefined when the value is not of its kind.
 * @template R
 * @param {(value: any) => R} read
 * @param {object} value
 * @returns {R | undefined}
 */
function attempt(read, value) {
  try {
    return read(value);
  } catch {
    return undefined;
  }
}

/** @param {object} value */
function regExpText(value) {
  const source = attempt(regExpSource, value);
  return source === undefined ? undefined : `/${source}/${regExpFlags(value)}`;
}

/**
 * An own property's value, undefined when there is none or a getter stands in its place.
 * @param {object} object
 * @param {PropertyKey} key
 */
function ownValue(object, key) {
  const found = getOwnPropertyDescriptor(object, key);
  return found === undefined ? undefined : own(found, 'value');
}

/**
 * The name of what made an object, found without running a getter; null for an object without a prototype.
 * @param {object} value
 * @returns {string | null}
 */
function constructorName(value) {
  for (let object = value; object !== null; object = getPrototypeOf(object)) {
    const maker = ownValue(object, 'constructor');
    if (typeof maker !== 'function') continue;
    const name = ownValue(maker, 'name');
    if (typeof name === 'string' && name !== '') return name;
  }
  return null;
}

/** @param {string[]} parts @param {any} value @param {number} length @param {Inspection} inspection */
function addItems(parts, value, length, inspection) {
  let holes = 0;
  let at = 0;
  for (; at < length && at < MOST_SCANNED && parts.length < MOST_ITEMS; at++) {
    const found = getOwnPropertyDescriptor(value, at);
    if (found === undefined) {
      holes++;
      continue;
    }
    addHoles(parts, holes);
    holes = 0;
    append(parts, inspectDescriptor(found, inspection));
  }
  addHoles(parts, holes);
  if (at < length) append(parts, `... ${length - at} more items`);
}

/** @param {string[]} parts @param {number} holes */
function addHoles(parts, holes) {
  if (holes > 0) append(parts, `<${holes} empty item${holes > 1 ? 's' : ''}>`);
}

/** @param {string[]} parts @param {any} given a Map, HashMap or Set, else nothing is added @param {Inspection} inspection */
function addEntries(parts, given, inspection) {
  const value = hashMapEntries(given) ?? given;
  const pairs = attempt(mapSize, value);
  const size = pairs ?? attempt(setSize, value);
  if (size === undefined) return;
  const add = (/** @type {unknown} */ item, /** @type {unknown} */ key) => {
    if (parts.length > MOST_ITEMS) return;
    if (parts.length === MOST_ITEMS) append(parts, `... ${size - MOST_ITEMS} more items`);
    else if (pairs === undefined) append(parts, inspectValue(item, inspection));
    else append(parts, `${inspectValue(key, inspection)} => ${inspectValue(item, inspection)}`);
  };
  if (pairs === undefined) setForEach(value, add);
  else mapForEach(value, add);
}

/** @param {string[]} parts @param {object} value @param {Inspection} inspection */
function addProperties(parts, value, inspection) {
  const indexed = isArray(value) || typedArrayName(value) !== undefined;
  // The keys of a long list are its indexes, as many texts; it is not worth a look whether it has others.
  if (indexed && /** @type {any} */ (value).length > MOST_SCANNED) return;
  const keys = ownKeys(value);
  let shown = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = /** @type {string | symbol} */ (keys[i]);
    if (indexed && typeof key === 'string' && isIndex(key)) continue;
    const found = getOwnPropertyDescriptor(value, key);
    if (found === undefined || !found.enumerable) continue;
    if (shown === MOST_ITEMS) {
      append(parts, '... more keys');
      return;
    }
    shown++;
    append(parts, `${inspectKey(key)}: ${inspectDescriptor(found, inspection)}`);
  }
}

/** @param {string} key */
function isIndex(key) {
  return `${NumberCtor(key) >>> 0}` === key;
}

/** @param {string | symbol} key */
function inspectKey(key) {
  if (typeof key === 'symbol') return `[${symbolToString(key)}]`;
  return regExpExec(IDENTIFIER, key) === null ? quote(key) : key;
}

/** @param {PropertyDescriptor} found @param {Inspection} inspection */
function inspectDescriptor(found, inspection) {
  if (hasOwn(found, 'value')) return inspectValue(own(found, 'value'), inspection);
  const reads = own(found, 'get') !== undefined;
  const writes = own(found, 'set') !== undefined;
  return reads && writes ? '[Getter/Setter]' : reads ? '[Getter]' : '[Setter]';
}

/**
 * On one line when it fits, else one member a line.
 * @param {string} head
 * @param {string[]} parts
 * @param {string} brackets
 * @param {number} depth 1 for the outermost
 */
function layOut(head, parts, brackets, depth) {
  const line = joinList(parts, ', ');
  if (line.length + head.length <= LINE_WIDTH && stringIndexOf(line, '\n') < 0) {
    return `${head}${brackets[0]} ${line} ${brackets[1]}`;
  }
  const indent = stringRepeat('  ', depth);
  const outdent = stringRepeat('  ', depth - 1);
  return `${head}${brackets[0]}\n${indent}${joinList(parts, `,\n${indent}`)}\n${outdent}${brackets[1]}`;
}

/** @param {string[]} parts @param {string} separator */
function joinList(parts, separator) {
  let text = '';
  for (let i = 0; i < parts.length; i++) text += i === 0 ? parts[i] : separator + parts[i];
  return text;
}
