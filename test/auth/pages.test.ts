import { beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { PASSWORD, addUser, openBrowser, startHub } from './hub.ts';
import type { Hub } from './hub.ts';

describe.each(DATABASES)('the sign-in pages on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(database());
  });

  it('speak English or Chinese, run no script, and are framed by nobody', async () => {
    const browser = openBrowser(hub);
    const english = await browser.page('/sign-in', undefined, { 'accept-language': 'fr, en;q=0.5' });
    const text = await english.text();
    expect(text).toContain('<html lang="en">');
    expect(text).not.toMatch(/<script|javascript:| on\w+=/i);
    expect(text).not.toContain('/sign-in/oidc');
    expect(english.headers.get('content-security-policy')).toMatch(
      /^default-src 'none';frame-ancestors 'none';form-action 'self';base-uri 'none';style-src 'sha256-[\w+/=]+'$/,
    );
    // With no-referrer, browsers send "Origin: null" with the page's own form.
    expect(english.headers.get('referrer-policy')).toBe('same-origin');
    expect(english.headers.get('vary')).toMatch(/accept-language/i);
    const chinese = await browser.page('/sign-in', undefined, {
      'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
    });
    expect(await chinese.text()).toMatch(/<html lang="zh-CN">[^]*登录/);
    // Chosen in the editor before.
    browser.cookies.set('countersign_language', 'zh');
    const chosen = await browser.page('/sign-in', undefined, { 'accept-language': 'en' });
    expect(await chosen.text()).toContain('<html lang="zh-CN">');
  });

  it('sign in by name and password, and lead home', async () => {
    const { name } = await addUser(hub);
    const browser = openBrowser(hub);
    const reply = await browser.page('/sign-in', { name, password: PASSWORD });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, '/']);
    expect((await browser.api('GET', '/session')).body).toMatchObject({ user: { name } });
    expect((await browser.page('/sign-in')).headers.get('location')).toBe('/');
  });

  it.each([
    ['a wrong password', { name: 'nobody', password: 'x' }, {}, 401, 'The name or the password is wrong.'],
    ['an empty form', {}, {}, 401, 'The name or the password is wrong.'],
    [
      'a form of another site',
      { name: 'n', password: 'p' },
      { origin: 'https://evil.example' },
      403,
      'another site',
    ],
    ['a form of a hidden origin', { name: 'n', password: 'p' }, { origin: 'null' }, 403, 'another site'],
    ['a name that is none', { name: 'a\0b', password: 'p' }, {}, 400, 'did not arrive whole'],
    ['far too much', { name: 'x'.repeat(20_000), password: 'p' }, {}, 413, 'did not arrive whole'],
  ])('tell in words what to do after %s', async (_, form, headers, status, words) => {
    const browser = openBrowser(hub, '203.0.113.77');
    const reply = await browser.page('/sign-in', form, headers);
    expect(reply.status).toBe(status);
    expect(await reply.text()).toContain(words);
    expect(browser.cookies.size).toBe(0);
  });

  it('show what was typed as text', async () => {
    const name = '"><script>alert(1)</script>';
    const reply = await openBrowser(hub, '203.0.113.78').page('/sign-in', { name, password: 'x' });
    expect(await reply.text()).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
  });

  it('say when it was too often', async () => {
    const browser = openBrowser(hub, '203.0.113.79');
    for (let each = 0; each < 10; each++) await browser.page('/sign-in', { name: `n${each}`, password: 'x' });
    const reply = await browser.page('/sign-in', { name: 'n', password: 'x' });
    expect([reply.status, Number(reply.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await reply.text()).toContain('Too many wrong passwords');
  });

  it('use a link up by its button, never by opening it', async () => {
    const { id, name } = await addUser(hub);
    const { body } = await hub.admin('POST', `/users/${id}/sign-in-link`);
    const { pathname } = new URL(body['url'] as string);
    const browser = openBrowser(hub);
    for (let each = 0; each < 3; each++) {
      const reply = await browser.page(pathname);
      expect(reply.status).toBe(200);
      expect(await reply.text()).toContain(name);
    }
    const short = await browser.page(pathname, { password: 'short' });
    expect([short.status, await short.text()]).toEqual([400, expect.stringContaining('10 to 200')]);
    const foreign = await browser.page(pathname, { password: '' }, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    const used = await browser.page(pathname, { password: 'a password of mine' });
    expect([used.status, used.headers.get('location')]).toEqual([303, '/']);
    for (const again of [await browser.page(pathname), await browser.page(pathname, { password: '' })])
      expect([again.status, await again.text()]).toEqual([410, expect.stringContaining('used already')]);
    expect((await openBrowser(hub).signIn(name, 'a password of mine')).status).toBe(200);
  });

  it('leave other paths alone', async () => {
    expect((await openBrowser(hub).page('/sign-in/nothing')).status).toBe(404);
    expect((await openBrowser(hub).page('/sign-input')).status).toBe(404);
  });
});
