import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { addUser, startHub } from './hub.ts';
import type { Hub } from './hub.ts';

const text = fc.string({ unit: 'binary', maxLength: 30 });
const value = fc.oneof(text, fc.constantFrom('admin', 'viewer', '', ' ', 0, -1, true, null), fc.jsonValue());
const body = fc.record(
  { name: value, role: value, disabled: value, token: value, current: value, more: value },
  { requiredKeys: [] },
);

describe.each(DATABASES)('whatever is sent to the endpoints of users, tokens and audit on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(database());
  });

  it('is answered, and never with an internal error', async () => {
    const { id } = await addUser(hub);
    const path = fc.oneof(
      fc.constant(id),
      text.map((each) => encodeURIComponent(each.toWellFormed())),
    );
    const query = fc
      .array(fc.tuple(fc.constantFrom('limit', 'cursor', 'by', 'action', 'objectId', 'x'), text), {
        maxLength: 3,
      })
      .map((pairs) => String(new URLSearchParams(pairs.map(([name, each]) => [name, each.toWellFormed()]))));
    const call = fc.oneof(
      fc.tuple(fc.constantFrom('GET /users?', 'GET /tokens?', 'GET /audit?'), query),
      fc.tuple(fc.constantFrom('PATCH /users/', 'DELETE /tokens/', 'POST /users/'), path),
      fc.tuple(
        fc.constantFrom('POST /users', 'POST /tokens', 'POST /sign-in/link', 'POST /session/password'),
        fc.constant(''),
      ),
    );
    await fc.assert(
      fc.asyncProperty(call, body, async ([start, end], given) => {
        const [method = '', where = ''] = start.split(' ');
        const reply = await hub.admin(method, where + end, method === 'GET' ? undefined : given);
        expect(reply.status, JSON.stringify([start, end, given])).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });
});
