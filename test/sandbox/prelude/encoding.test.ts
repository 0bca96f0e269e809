import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openIsolates } from './isolates.ts';

const run = openIsolates();

/** Applies a script function to many inputs in one isolate: `null` where it throws. */
async function each(body: string, inputs: readonly unknown[]): Promise<unknown[]> {
  const { result, error } = await run({
    source: `return JSON.parse(INPUTS).map((input) => { try { return (${body})(input) } catch (error) { return null } })`,
    globals: { INPUTS: JSON.stringify(inputs) },
  });
  if (error !== undefined) throw new Error(error.message);
  return result as unknown[];
}

/** Compares a script function with Node's own over generated inputs, many to an isolate. */
async function agree<T>(inputs: fc.Arbitrary<T>, body: string, node: (input: T) => unknown): Promise<void> {
  const orNull = (input: T): unknown => {
    try {
      return node(input);
    } catch {
      return null;
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(inputs, { minLength: 50, maxLength: 100 }), async (batch) => {
      expect(await each(body, batch)).toEqual(JSON.parse(JSON.stringify(batch.map(orNull))));
    }),
    { numRuns: 15 },
  );
}

const text = fc.string({ unit: 'binary', maxLength: 200 });
const halves = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  maxLength: 20,
});
const bytes = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0xe0, 0xed, 0xf0, 0xf4, 0xef, 0xbb, 0xbf, 0x80, 0x9f, 0xa0),
  ),
  { maxLength: 40 },
);

describe('digest and hmac agree with node:crypto', () => {
  const algorithms = ['md5', 'sha1', 'sha256'] as const;
  const encodings = ['hex', 'base64'] as const;
  const wellFormed = fc.string({ unit: 'grapheme', maxLength: 300 });

  it('for any text and bytes', async () => {
    await agree(
      fc.tuple(fc.constantFrom(...algorithms), wellFormed, fc.constantFrom(...encodings)),
      `([algorithm, data, encoding]) => [crypto.digest(algorithm, data, encoding), crypto.digest(algorithm.toUpperCase(), new TextEncoder().encode(data), encoding)]`,
      ([algorithm, data, encoding]) => {
        const digest = createHash(algorithm).update(data).digest(encoding);
        return [digest, digest];
      },
    );
  });

  it('for any key, longer than a block too', async () => {
    await agree(
      fc.tuple(fc.constantFrom(...algorithms), fc.string({ maxLength: 200 }), wellFormed),
      `([algorithm, key, data]) => [crypto.hmac(algorithm, key, data), crypto.hmac(algorithm, new TextEncoder().encode(key), data, 'base64')]`,
      ([algorithm, key, data]) =>
        encodings.map((encoding) => createHmac(algorithm, key).update(data).digest(encoding)),
    );
  });

  it.each([
    [
      `crypto.digest('sha512', '')`,
      "crypto.digest: the algorithm is md5, sha1 or sha256, not the text 'sha512'",
    ],
    [`crypto.digest('md5', {})`, 'crypto.digest: the data cannot be {}; give a string or a Uint8Array'],
    [
      `crypto.hmac('md5', undefined, '')`,
      'crypto.hmac: the key cannot be null; give a string or a Uint8Array',
    ],
    [`crypto.digest('md5', '', 'utf8')`, "crypto.digest: the encoding is hex or base64, not the text 'utf8'"],
  ])('%s is refused in words', async (expression, message) => {
    expect((await run(`return ${expression}`)).error?.message).toBe(message);
  });

  it('make version 4 UUIDs from the host’s randomness, each another', async () => {
    const source = 'return [crypto.randomUUID(), crypto.randomUUID()]';
    const one = (await run({ source, entropy: '01'.repeat(32) })).result as string[];
    const other = (await run({ source, entropy: '02'.repeat(32) })).result as string[];
    expect(new Set([...one, ...other]).size).toBe(4);
    for (const uuid of one)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await run({ source, entropy: 'short' })).error?.message).toContain(
      'the host gave this run no randomness',
    );
  });
});

describe('text and bytes agree with the standard', () => {
  it('atob and btoa', async () => {
    const base64 = fc.oneof(
      fc.base64String(),
      fc.string({ unit: fc.constantFrom(...Array.from('QUJD+/=_- \n\t')), maxLength: 12 }),
      text,
    );
    await agree(base64, 'atob', atob);
    await agree(
      fc.oneof(
        text,
        fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((unit) => String.fromCharCode(unit)) }),
      ),
      'btoa',
      btoa,
    );
    expect((await run('atob("*")')).error?.name).toBe('InvalidCharacterError');
    expect((await run('btoa("审")')).error?.name).toBe('InvalidCharacterError');
  });

  it('TextEncoder', async () => {
    await agree(fc.oneof(text, halves), '(input) => [...new TextEncoder().encode(input)]', (input) => [
      ...new TextEncoder().encode(input),
    ]);
    await agree(
      fc.tuple(halves, fc.nat(10)),
      '([input, room]) => { const bytes = new Uint8Array(room); const { read, written } = new TextEncoder().encodeInto(input, bytes); return [read, written, ...bytes] }',
      ([input, room]) => {
        const target = new Uint8Array(room);
        const { read, written } = new TextEncoder().encodeInto(input, target);
        return [read, written, ...target];
      },
    );
  });

  it('TextDecoder, whole and in pieces, strict and lenient', async () => {
    await agree(
      fc.tuple(bytes, fc.record({ fatal: fc.boolean(), ignoreBOM: fc.boolean() })),
      `([data, options]) => {
        const decoder = new TextDecoder('UTF-8', options);
        return [decoder.decode(new Uint8Array(data)), decoder.decode(new DataView(new Uint8Array(data).buffer)), decoder.decode()];
      }`,
      ([data, options]) => {
        const decoder = new TextDecoder('utf-8', options);
        return [decoder.decode(new Uint8Array(data)), decoder.decode(new Uint8Array(data)), decoder.decode()];
      },
    );
    // With ignoreBOM: Node drops a byte order mark behind a broken character between two pieces, which the standard keeps.
    await agree(
      fc.tuple(bytes, bytes, fc.boolean()),
      `([first, second, fatal]) => {
        const decoder = new TextDecoder('utf8', { fatal, ignoreBOM: true });
        return [decoder.decode(new Uint8Array(first), { stream: true }), decoder.decode(new Uint8Array(second).buffer)];
      }`,
      ([first, second, fatal]) => {
        const decoder = new TextDecoder('utf8', { fatal, ignoreBOM: true });
        return [
          decoder.decode(new Uint8Array(first), { stream: true }),
          decoder.decode(new Uint8Array(second).buffer),
        ];
      },
    );
    expect((await run('new TextDecoder("gbk")')).error?.message).toBe(
      'TextDecoder: only utf-8 is available here, not "gbk"',
    );
  });
});

describe('URL and URLSearchParams agree with the standard', () => {
  it('for generated addresses', async () => {
    // No escapes of broken UTF-8: there the library writes more U+FFFD than the standard asks for.
    const part = fc.string({
      unit: fc.constantFrom('%2e', ...Array.from('ab/?#@:.\\[]é审 &=+~')),
      maxLength: 12,
    });
    const address = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc
        .tuple(fc.constantFrom('https://', 'http:', '//', 'https://u:p@h:8080/'), part)
        .map((each) => each.join('')),
    );
    await agree(
      address,
      `(input) => { const url = new URL(input, 'https://base.example/a/b'); url.searchParams.append('k', 'é &'); return [url.href, url.host, url.pathname, url.search, url.hash, url.origin, JSON.stringify(url)] }`,
      (input) => {
        const url = new URL(input, 'https://base.example/a/b');
        url.searchParams.append('k', 'é &');
        return [url.href, url.host, url.pathname, url.search, url.hash, url.origin, JSON.stringify(url)];
      },
    );
  });

  it('for generated queries', async () => {
    await agree(
      fc.tuple(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), {
          maxLength: 5,
        }),
        text,
      ),
      `([pairs, query]) => { const params = new URLSearchParams(pairs); params.sort(); return [String(params), [...new URLSearchParams(query)], params.size] }`,
      ([pairs, query]) => {
        const params = new URLSearchParams(pairs);
        params.sort();
        return [String(params), [...new URLSearchParams(query)], params.size];
      },
    );
  });
});

describe('structuredClone', () => {
  it('copies what a script can hold, cycles and shared parts included', async () => {
    const { result } = await run(`
      const shared = { n: 1 };
      const source = { date: new Date(5), list: [1, , shared], map: new Map([['k', shared]]), set: new Set([shared]), expression: /a/gi, bytes: new Uint8Array([1, 2]).subarray(1),
        error: new TypeError('x', { cause: shared }), json: new JSONObject().fluentPut('a', shared), big: 1n, nothing: undefined };
      source.self = source;
      const copy = structuredClone(source);
      return [copy !== source, copy.self === copy, copy.date.getTime(), copy.list.length, 1 in copy.list, copy.list[2] !== shared, copy.list[2] === copy.map.get('k'),
        copy.set.has(copy.list[2]), String(copy.expression), [...copy.bytes], copy.error instanceof TypeError, copy.error.message, copy.error.cause === copy.list[2],
        copy.json instanceof JSONObject, copy.json.get('a') === copy.list[2], copy.big === 1n, 'nothing' in copy]`);
    expect(result).toEqual([
      true,
      true,
      5,
      3,
      false,
      true,
      true,
      true,
      '/a/gi',
      [2],
      true,
      'x',
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it.each(['() => 1', 'Symbol("x")', 'Promise.resolve()', '[new WeakMap()]'])(
    'refuses %s',
    async (expression) => {
      expect((await run(`structuredClone(${expression})`)).error).toMatchObject({ name: 'DataCloneError' });
    },
  );
});
