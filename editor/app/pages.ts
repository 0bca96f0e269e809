import {
  IconActivity,
  IconArrowsShuffle,
  IconFileCode,
  IconHome,
  IconInbox,
  IconListCheck,
  IconMessageShare,
  IconSettings,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { Role } from '../../server/contract/role.ts';

/** A page that the navigation and the search know. */
export interface KnownPage {
  readonly key:
    | 'home'
    | 'mappings'
    | 'tasks'
    | 'executions'
    | 'events'
    | 'channels'
    | 'bindings'
    | 'settings'
    | 'users'
    | 'tokens'
    | 'audit'
    | 'account'
    | 'newMapping'
    | 'newChannel';
  readonly path: string;
  /** Who may open it; everybody unless told. */
  readonly role?: Role;
}

/** The navigation's pages, in its order. */
export const MAIN_PAGES: readonly (KnownPage & { readonly Icon: Icon })[] = [
  { key: 'home', path: '/', Icon: IconHome },
  { key: 'mappings', path: '/mappings', Icon: IconFileCode },
  { key: 'tasks', path: '/tasks', Icon: IconListCheck },
  { key: 'executions', path: '/executions', Icon: IconActivity },
  { key: 'events', path: '/events', Icon: IconInbox },
  { key: 'channels', path: '/channels', Icon: IconMessageShare },
  { key: 'bindings', path: '/bindings', Icon: IconArrowsShuffle },
  { key: 'settings', path: '/settings', Icon: IconSettings },
];

/** The pages below Settings. */
export const SETTINGS_PAGES: readonly KnownPage[] = [
  { key: 'users', path: '/settings/users', role: 'admin' },
  { key: 'tokens', path: '/settings/tokens', role: 'admin' },
  { key: 'audit', path: '/settings/audit', role: 'admin' },
  { key: 'account', path: '/settings/account' },
];

/** Where something new is made: the search alone leads there directly. */
export const NEW_PAGES: readonly KnownPage[] = [
  { key: 'newMapping', path: '/mappings/new', role: 'editor' },
  { key: 'newChannel', path: '/channels/new', role: 'admin' },
];

/** Whether the page at `path` stands in the part of the editor that begins at `root`. */
export const isWithin = (path: string, root: string): boolean =>
  root === '/' ? path === '/' : path === root || path.startsWith(`${root}/`);
