import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { findJsonFault } from '../../server/http/json-fault.ts';
import { unstorable } from '../../server/http/storable.ts';
import { smallApi } from './endpoints.ts';
import { listen, serve } from './serve.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** JSON with one character taken out, put in or replaced: what people send by mistake. */
const almostJson = fc
  .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '\n', '0', 'e', 'x'), fc.boolean())
  .map(([text, at, put, replaces]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + (replaces ? 1 : 0));
  });

describe('the finder of JSON faults', () => {
  it('finds one exactly where JSON.parse does', () => {
    fc.assert(
      fc.property(fc.oneof(almostJson, fc.json(), fc.string()), (text) => {
        expect(findJsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('whatever is sent', () => {
  let url: string;
  beforeAll(async () => {
    const { server, url: base } = await listen();
    url = base;
    serve(server, { endpoints: smallApi() });
  });

  const statusOf = async (path: string, init?: RequestInit): Promise<number> => {
    const response = await fetch(url + path, init);
    await response.arrayBuffer();
    return response.status;
  };

  it('as a body is answered, and never with a fault of ours', async () => {
    const body = fc.oneof(
      fc.json(),
      almostJson,
      fc.uint8Array(),
      fc
        .record({ name: fc.string({ unit: 'binary' }), size: fc.anything(), extra: fc.jsonValue() })
        .map((value) =>
          JSON.stringify(value, (_key, inner: unknown) =>
            typeof inner === 'bigint' ? String(inner) : inner,
          ),
        ),
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const headers = { 'content-type': 'application/json' };
        const init = { method: 'POST', headers, body: sent } as RequestInit;
        expect(await statusOf('/api/v1/things', init)).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });

  it('as a path or a query neither', async () => {
    const part = fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(text.toWellFormed()));
    const raw = fc.stringMatching(/^[%&=+?/:;@!*'(),.~a-z0-9-]{0,40}$/);
    await fc.assert(
      fc.asyncProperty(fc.oneof(part, raw), fc.oneof(part, raw), async (name, query) => {
        expect(await statusOf(`/api/v1/things/${name}?${query}`)).toBeLessThan(500);
        expect(await statusOf(`/api/v1/things?q=${query}&${name}=${query}`)).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });
});

it('what is let through, a database can hold', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = JSON.stringify(value);
      expect(unstorable(value).length > 0).toBe(/\\u0000|\\ud[89a-f]/i.test(text.replaceAll('\\\\', '')));
    }),
    { numRuns: 1000 },
  );
});
