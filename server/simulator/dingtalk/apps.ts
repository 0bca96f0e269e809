/** Where an app's events go. One URL per app (protocols/dingtalk.md §7). */
export interface Callback {
  /** Who subscribed decides the receiveId: the console (appKey) or the old host's API (corpId). */
  readonly source: 'console' | 'api';
  readonly url: string;
  readonly token: string;
  readonly aesKey: string;
  readonly receiveId: string;
  /** Event types wanted; null is every event of the company, forms of others included. */
  readonly tags: readonly string[] | null;
}

export interface App {
  readonly appKey: string;
  readonly appSecret: string;
  readonly callback: Callback | null;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL host (`URL.hostname`) or a Host header without its port means this very machine. */
export const isLoopbackHost = (hostname: string): boolean => LOOPBACK.test(hostname.toLowerCase());

/** A URL without its query, which may hold a secret: for lines of a log. */
export const bareUrl = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
};

/**
 * Whether the simulator may call this URL: http(s), and loopback or under `publicUrl`, so that nobody can make
 * the simulator knock at other machines (docs/simulator.md).
 */
export function mayCall(url: string, publicUrl: string | null): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  if (!['http:', 'https:'].includes(target.protocol) || target.username !== '' || target.password !== '')
    return false;
  if (isLoopbackHost(target.hostname)) return true;
  if (publicUrl === null) return false;
  const own = new URL(publicUrl);
  const path = own.pathname.endsWith('/') ? own.pathname : `${own.pathname}/`;
  return target.origin === own.origin && `${target.pathname}/`.startsWith(path);
}
