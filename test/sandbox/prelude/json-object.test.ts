import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openIsolates } from './isolates.ts';

const run = openIsolates();

/** The value of an expression, or the message of what it throws. */
async function value(expression: string): Promise<unknown> {
  const { result, error } = await run(`const o = new JSONObject(); return [${expression}]`);
  return error === undefined ? (result as unknown[])[0] : error.message;
}

describe('a JSONObject', () => {
  it('puts as fastjson does: put answers what was there, fluentPut the object', async () => {
    expect(
      await value(
        `[o.put('a', 1), o.put('a', 2), o.fluentPut('b', 3) === o, o.remove('a'), o.remove('a'), o.size(), o.isEmpty()]`,
      ),
    ).toEqual([null, 1, true, 2, null, 1, false]);
  });

  it('answers null for what is absent, and 0 where Java cannot say null', async () => {
    expect(
      await value(
        `[o.get('x'), o.getString('x'), o.getIntValue('x'), o.getBoolean('x'), o.getJSONObject('x'), o.getJSONArray('x'), o.containsKey('x'), o.getInteger('x')]`,
      ),
    ).toEqual([null, null, 0, null, null, null, false, null]);
  });

  it.each([
    [`getString`, `1`, '1'],
    [`getString`, `true`, 'true'],
    [`getString`, `{ b: [null] }`, '{"b":[null]}'],
    [`getString`, `new JSONObject().fluentPut('b', null)`, '{}'],
    [`getIntValue`, `'12'`, 12],
    [`getIntValue`, `'-1,200.00'`, -1200],
    [`getIntValue`, `1.9`, 1],
    [`getIntValue`, `true`, 1],
    [`getIntValue`, `''`, 0],
    [`getIntValue`, `'null'`, 0],
    [`getIntValue`, `'twelve'`, `"a" cannot be read as int: it is the text 'twelve'`],
    [`getIntValue`, `'1.5'`, `"a" cannot be read as int: it is the text '1.5'`],
    [`getIntValue`, `3e9`, `"a" cannot be read as int: it is the number 3000000000`],
    [`getLongValue`, `'3000000000'`, 3e9],
    [`getIntValue`, `[]`, `"a" cannot be read as int: it is []`],
    [`getBoolean`, `'true'`, true],
    [`getBoolean`, `'FALSE'`, false],
    [`getBoolean`, `1`, true],
    [`getBoolean`, `'Y'`, true],
    [`getBoolean`, `'yes'`, `"a" cannot be read as boolean: it is the text 'yes'`],
    [`getJSONObject`, `'{"b":1}'`, { b: 1 }],
    [`getJSONObject`, `'[1]'`, `"a" cannot be read as JSONObject: it is the text '[1]'`],
    [`getJSONArray`, `'[1]'`, [1]],
    [`getJSONArray`, `{}`, `"a" cannot be read as JSONArray: it is {}`],
  ])('%s of %s', async (method, given, answer) => {
    expect(await value(`o.fluentPut('a', ${given}).${method}('a')`)).toEqual(answer);
  });

  it('says where text is no JSON', async () => {
    expect(await value(`new JSONObject('{"a":')`)).toMatch(/^new JSONObject: .*JSON/);
    expect(await value(`o.fluentPut('a', '<x>').getJSONObject('a')`)).toMatch(
      /^"a" read as JSONObject: .*<x>/,
    );
  });

  it('takes changes of a nested object for its own', async () => {
    expect(
      await value(
        `(o.put('a', { b: 1 }), o.getJSONObject('a').put('b', 2), o.put('l', [{ c: 1 }]), o.getJSONArray('l').getJSONObject(0).put('c', 2), o)`,
      ),
    ).toEqual({
      a: { b: 2 },
      l: [{ c: 2 }],
    });
  });

  it('is written with its null keys by JSON.stringify and without them by toJSONString, as fastjson does', async () => {
    const filled = `o.fluentPut('a', null).fluentPut('b', [null, { c: null }]).fluentPut('d', '审')`;
    expect(await value(`JSON.stringify(${filled})`)).toBe('{"a":null,"b":[null,{"c":null}],"d":"审"}');
    expect(await value(`${filled}.toJSONString()`)).toBe('{"b":[null,{}],"d":"审"}');
    expect(await value('`${' + filled + '}`')).toBe('{"b":[null,{}],"d":"审"}');
  });

  it('is also a plain object, whose keys never hide a method', async () => {
    expect(
      await value(`(o.put('deptId', 1), o.deptId++, o.ccList = ['u'], o['get'] = 'data', o.constructor = 'c', o.__proto__ = { evil: 1 }, delete o.gone,
        [o.get('deptId'), o.getJSONArray('ccList'), o.get('get'), typeof o.get, o.get('constructor'), o.evil === undefined, Object.getPrototypeOf(o) === JSONObject.prototype,
         o instanceof JSONObject, 'deptId' in o, Object.keys(o), o.hasOwnProperty('deptId')])`),
    ).toEqual([
      2,
      ['u'],
      'data',
      'function',
      'c',
      true,
      true,
      true,
      true,
      ['deptId', 'ccList', 'get', 'constructor', '__proto__'],
      true,
    ]);
  });

  it('gives its keys in order', async () => {
    expect(
      await value(`(o.fluentPut('b', 1).fluentPut('a', 2).put('c', 3), (() => { const keys = o.keySet(); const seen = []; for (const key of keys) seen.push(key);
        for (const entry of o.entrySet()) seen.push(entry.getKey() + entry.getValue()); return [seen, keys.size(), keys.contains('a'), keys.contains('z')] })())`),
    ).toEqual([['b', 'a', 'c', 'b1', 'a2', 'c3'], 3, true, false]);
  });

  it('copies any map', async () => {
    expect(
      await value(
        `(() => { const map = new HashMap(); map.put('m', 1); return [new JSONObject(map), new JSONObject({ p: 1 }), new JSONObject(new JSONObject({ j: 1 })), new JSONObject(new Map([['k', 1]])), new JSONObject(16), new JSONObject(true)] })()`,
      ),
    ).toEqual([{ m: 1 }, { p: 1 }, { j: 1 }, { k: 1 }, {}, {}]);
  });

  it('carries any JSON through parseObject, JSON.stringify and structuredClone unchanged', async () => {
    const object = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'get', 'size', 'toJSON', 'constructor')),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(object, { minLength: 20, maxLength: 20 }), async (objects) => {
        const texts = objects.map((each) => JSON.stringify(each));
        const { result } = await run({
          source: `return JSON.parse(TEXTS).map((text) => {
            const parsed = JSON.parseObject(text);
            return [JSON.stringify(parsed), JSON.stringify(structuredClone(parsed)), JSON.stringify(new JSONObject(text)), parsed.size() === Object.keys(JSON.parse(text)).length];
          })`,
          globals: { TEXTS: JSON.stringify(texts) },
        });
        expect(result).toEqual(texts.map((text) => [text, text, text, true]));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a JSONArray', () => {
  it('is an array with Java’s methods', async () => {
    expect(
      await value(`(() => { const l = new JSONArray(); return [l.add('x'), l.fluentAdd(2) === l, l.get(0), l.getString(1), l.size(), l.isEmpty(), l.length, l[1], Array.isArray(l),
        l.map((each) => each) instanceof JSONArray, l.toJSONString(), String(l), l.contains('x'), l.remove(0), l.remove(7 + ''), l.size(), [...l], JSON.stringify({ l })] })()`),
    ).toEqual([
      true,
      true,
      'x',
      '2',
      2,
      false,
      2,
      2,
      true,
      false,
      '["x",2]',
      '["x",2]',
      true,
      'x',
      false,
      1,
      [2],
      '{"l":[2]}',
    ]);
  });

  it('says when there is nothing at a place', async () => {
    expect(await value(`new JSONArray('[1]').get(1)`)).toBe('Index 1 is out of bounds: the list has 1');
    expect(await value(`new ArrayList().get('0')`)).toBe(
      "Index the text '0' is out of bounds: the list has 0",
    );
  });
});

describe('JSON beside the standard', () => {
  it('parses objects and lists, and says what it got instead', async () => {
    expect(
      await value(
        `[JSON.parseObject('{"a":{"b":1}}').getJSONObject('a').getIntValue('b'), JSON.parseArray('[{"a":1}]').getJSONObject(0).get('a'), JSON.parseObject(null), JSON.parseArray('')]`,
      ),
    ).toEqual([1, 1, null, null]);
    expect(await value(`JSON.parseObject('[1]')`)).toContain('needs the text of an object');
    expect(await value(`JSON.parseArray('{}')`)).toContain('needs the text of a list');
    expect(await value(`JSON.parseObject('{')`)).toMatch(/^JSON\.parseObject: /);
    expect(
      await value(
        `[JSON.toJSONString({ a: null, b: new ArrayList([1]) }), JSON.toJSONString(null), JSON.toJSONString('x'), Object.keys(JSON)]`,
      ),
    ).toEqual(['{"b":[1]}', 'null', '"x"', []]);
  });
});

describe('ArrayList and HashMap', () => {
  it('work as in Java', async () => {
    expect(
      await value(`(() => {
        const list = new ArrayList(); list.add('b'); list.add(0, 'a'); list.addAll(Arrays.asList('c', 'd')); list.set(3, 'e'); list.remove('b');
        const map = new HashMap(); const seen = [];
        for (const each of list) seen.push(each);
        seen.push(map.put('k', 1), map.put('k', 2), map.get('k'), map.get('none'), map.containsKey('k'), map.getOrDefault('none', 9), map.size(), map.isEmpty());
        map.put(2, new JSONObject());
        for (const [key, one] of map) seen.push(String(key) + one);
        for (const entry of map.entrySet()) seen.push(entry.getKey());
        for (const key of map.keySet()) seen.push(key);
        seen.push(String(list), String(map), map, map.remove('k'), map.size());
        return seen;
      })()`),
    ).toEqual([
      'a',
      'c',
      'e',
      null,
      1,
      2,
      null,
      true,
      9,
      1,
      false,
      'k2',
      '2{}',
      'k',
      2,
      'k',
      2,
      '[a, c, e]',
      '{k=2, 2={}}',
      { 2: {} },
      2,
      1,
    ]);
  });
});

describe('Java’s words', () => {
  it.each([
    [
      `['a'.equals('a'), 'a'.equals(null), 'aB'.equalsIgnoreCase('Ab'), 'a'.equalsIgnoreCase('b'), ''.isEmpty(), ' '.isBlank(), 'abc'.contains('bc'), '%s!'.formatted(1)]`,
      [true, false, true, false, true, true, true, '1!'],
    ],
    [
      `[String.valueOf(null), String.valueOf(12), String.join('-', 'a', 'b'), String.join(',', Arrays.asList(1, 2))]`,
      ['null', '12', 'a-b', '1,2'],
    ],
    [
      `[Integer.parseInt('-12'), Integer.valueOf('7'), Long.parseLong('3000000000'), Double.parseDouble(' 1.5e1 '), Boolean.parseBoolean('TRUE'), Integer.MAX_VALUE]`,
      [-12, 7, 3e9, 15, true, 2147483647],
    ],
    [`Integer.parseInt('1x')`, `Integer cannot be read from the text '1x'`],
    [`Integer.parseInt('2147483648')`, `Integer cannot be read from the text '2147483648'`],
    [`Double.parseDouble('')`, `Double cannot be read from the text ''`],
    [
      `[Objects.equals(null, undefined), Objects.isNull(null), Objects.nonNull(0), Objects.toString(null, 'x')]`,
      [true, true, true, 'x'],
    ],
    [`new StringBuilder('a').append(1).append(null).insert(0, '>').reverse().toString()`, 'llun1a>'],
    [
      `(() => { try { Integer.parseInt('x') } catch (e) { return [e instanceof NumberFormatException, e instanceof IllegalArgumentException, e instanceof Error, e.getMessage(), e.name] } })()`,
      [true, true, true, `Integer cannot be read from the text 'x'`, 'NumberFormatException'],
    ],
    [`(() => { throw new RuntimeException('why') })()`, 'why'],
    [`System.currentTimeMillis() > 1e12`, true],
  ])('%s', async (expression, answer) => {
    expect(await value(expression)).toEqual(answer);
  });
});
