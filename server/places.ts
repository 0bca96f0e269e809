import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';

/** The addresses of this server. */
export interface Places {
  /** Its address on this machine, without a trailing slash. */
  readonly ownUrl: string;
  /** What providers call back and people open. */
  readonly publicUrl: string;
  /** All origins that are this server. */
  readonly origins: readonly string[];
}

const EVERYWHERE: readonly string[] = ['0.0.0.0', '::'];

/** Works out the addresses of a server that already listens. */
export function placesOf({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>, server: Server): Places {
  const { port } = server.address() as AddressInfo;
  const at = (name: string): string => `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  const ownUrl = at(EVERYWHERE.includes(host) ? '127.0.0.1' : host);
  const origins = new Set([ownUrl, at(host), at('127.0.0.1'), at('localhost'), at('::1')]);
  if (publicUrl !== undefined) origins.add(new URL(publicUrl).origin);
  return { ownUrl, publicUrl: publicUrl ?? ownUrl, origins: [...origins] };
}
