import { describe, expect, it } from 'vitest';
import { placeAfter, withNext } from '../../server/auth/pages/next.ts';

describe('where somebody goes after signing in', () => {
  it.each(['/tasks/T-1?tab=form#top', '/mappings/1?from=3&to=draft', '/settings/users', '/'])(
    'is the page of this hub that was asked for: %s',
    (place) => expect(placeAfter(place)).toBe(place),
  );

  it.each([
    ...['//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example', '\\\\evil.example'],
    ...['https://evil.example', 'javascript:alert(1)', 'tasks', '', ' /tasks', '/.//evil.example'],
    ...[
      '/..//evil.example',
      '//here.invalid//evil.example',
      '/sign-in',
      '/sign-in/link/x',
      `/${'x'.repeat(2_000)}`,
    ],
    ...[undefined, ['/tasks', '/tasks'], 7],
  ])('is home for %j', (place) => {
    expect(placeAfter(place)).toBe('/');
  });

  it('travels in the path of the sign-in pages', () => {
    expect(withNext('/sign-in', '/')).toBe('/sign-in');
    expect(withNext('/sign-in/oidc', '/tasks?q="a b"&c')).toBe(
      '/sign-in/oidc?next=%2Ftasks%3Fq%3D%22a%20b%22%26c',
    );
  });
});
