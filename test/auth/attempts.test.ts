import { beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { addUser, openBrowser, startHub } from './hub.ts';
import type { Hub } from './hub.ts';

describe.each(DATABASES)('guessing passwords on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(database());
  });

  const guess = async (name: string, address: string, times: number): Promise<number[]> => {
    const all = Array.from({ length: times }, () => openBrowser(hub, address).signIn(name, 'wrong password'));
    return (await Promise.all(all)).map(({ status }) => status);
  };

  it('is blocked for an address after ten attempts, however many come at once and under whatever names', async () => {
    const { name } = await addUser(hub);
    const address = '203.0.113.1';
    const statuses = await Promise.all([guess(name, address, 8), guess('somebody else', address, 8)]);
    expect(statuses.flat().filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.flat().filter((status) => status === 429)).toHaveLength(6);
    const refused = await openBrowser(hub, address).signIn(name);
    expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(900);
    // The owner elsewhere does not notice.
    expect((await openBrowser(hub, '203.0.113.2').signIn(name)).status).toBe(200);
    hub.wait(16);
    expect((await openBrowser(hub, address).signIn(name)).status).toBe(200);
  });

  it('is blocked for a name after ten attempts from anywhere, but not where its owner is known', async () => {
    const { name } = await addUser(hub);
    const home = openBrowser(hub, '203.0.113.10');
    await home.signIn(name);
    for (let host = 0; host < 5; host++) await guess(name, `203.0.113.${20 + host}`, 2);
    expect((await openBrowser(hub, '203.0.113.30').signIn(name)).status).toBe(429);
    expect((await openBrowser(hub, '203.0.113.30').signIn(name.toUpperCase())).status).toBe(429);
    expect((await home.signIn(name)).status).toBe(200);
    // Trying goes on meanwhile; what is refused does not put off the end.
    hub.wait(14);
    await guess(name, '203.0.113.31', 3);
    hub.wait(2);
    expect((await openBrowser(hub, '203.0.113.32').signIn(name)).status).toBe(200);
  });

  it('is not reset by signing in to one’s own account', async () => {
    const [mine, other] = [await addUser(hub), await addUser(hub)];
    const address = '203.0.113.40';
    await guess(other.name, address, 9);
    await openBrowser(hub, address).signIn(mine.name);
    expect(await guess(other.name, address, 1)).toEqual([401]);
    expect((await openBrowser(hub, address).signIn(mine.name)).status).toBe(429);
  });

  it('counts one network of IPv6 addresses as one', async () => {
    const { name } = await addUser(hub);
    for (let host = 1; host <= 10; host++) await guess(`name ${host}`, `2001:db8:1:2::${host}`, 1);
    expect((await openBrowser(hub, '2001:db8:1:2:ffff::9').signIn(name)).status).toBe(429);
    expect((await openBrowser(hub, '2001:db8:1:3::1').signIn(name)).status).toBe(200);
  });
});
