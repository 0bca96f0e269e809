import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';

/** Under which addresses this server is known. */
export interface Places {
  /** Where this machine reaches it, without a slash at the end. */
  readonly ownUrl: string;
  /** What providers call back and people open. */
  readonly publicUrl: string;
  /** All origins that are this server. */
  readonly origins: readonly string[];
}

const EVERYWHERE: readonly string[] = ['0.0.0.0', '::'];

/** @param server listens already */
export function placesOf({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>, server: Server): Places {
  const { port } = server.address() as AddressInfo;
  const at = (name: string): string => `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  const ownUrl = at(EVERYWHERE.includes(host) ? '127.0.0.1' : host);
  const origins = new Set([ownUrl, at(host), at('127.0.0.1'), at('localhost'), at('::1')]);
  if (publicUrl !== undefined) origins.add(new URL(publicUrl).origin);
  return { ownUrl, publicUrl: publicUrl ?? ownUrl, origins: [...origins] };
}
