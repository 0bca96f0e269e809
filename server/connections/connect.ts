import { z } from 'zod';
import type { Channel } from '../channels/channel.ts';
import { askProvider } from '../executions/ask.ts';
import { hostsFor } from '../providers/provider.ts';
import { dial } from '../sandbox/egress.ts';
import type { Sandbox } from '../sandbox/pool.ts';
import { WebSocket } from 'ws';

/** What a connection is made with. */
export interface ConnectDeps {
  readonly sandbox: Sandbox;
  /** Origins of this very server, which no provider may lead to, but for a simulator's path. */
  readonly ownOrigins: () => readonly string[];
}

/** A frame has some kilobytes; the largest form is pushed without its values. */
const MOST_BYTES = 1024 * 1024;

const place = z.object({ url: z.string() });

/**
 * Makes one connection for a channel: asks the provider where, which brings a ticket for one use, and goes there if the channel's
 * rules let it. No redirect is followed.
 * @returns an open socket that is paused, so that no frame is missed: whoever listens resumes it
 * @param ms how long the connection may take once its place is known; asking has the sandbox's own limits
 * @throws Error in words for the channel's page; they hold no secret and no ticket
 */
export async function connect(
  { sandbox, ownOrigins }: ConnectDeps,
  channel: Channel,
  ms: number,
  signal: AbortSignal,
): Promise<WebSocket> {
  const { provider, stage } = channel;
  const asked = await askProvider(sandbox, {
    ...{ provider, channel: stage, question: 'connect', input: {}, signal },
    ownOrigins: ownOrigins(),
    key: `connect:${channel.id}`,
  });
  const found = place.safeParse(asked.value);
  if (!found.success)
    throw new Error(asked.execution.error?.message ?? 'The provider named no place to connect to.');
  const { url, lookup } = await dial(
    {
      providerHosts: hostsFor({ hosts: provider.connectionHosts }, stage),
      allowedHosts: stage.allowedHosts,
      ownOrigins: ownOrigins(),
    },
    found.data.url,
  );
  signal.throwIfAborted();
  const socket = new WebSocket(url, {
    lookup,
    handshakeTimeout: ms,
    followRedirects: false,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
  });
  await opened(socket, url, signal);
  return socket;
}

/** @throws Error in words when it does not open */
function opened(socket: WebSocket, { host }: URL, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => socket.terminate();
    signal.addEventListener('abort', giveUp);
    socket.once('open', () => {
      signal.removeEventListener('abort', giveUp);
      // What came together with the handshake's answer waits for whoever reads it.
      socket.pause();
      resolve();
    });
    // Stays: an error that nobody listens for would end the process.
    socket.on('error', (error) => {
      signal.removeEventListener('abort', giveUp);
      reject(new Error(`${host} could not be connected to: ${error.message}.`, { cause: error }));
    });
  });
}
