import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** How long a ticket is good for one connection (protocols/dingtalk.md §10). */
export const TICKET_MS = 90_000;

/** What connections/open gives out, to be shown when the connection is made. */
export interface Tickets {
  issue(appKey: string): string;
  /** The app that a ticket was given to; null for one that is unknown, too old, or used up. Uses it up. */
  redeem(ticket: string): string | null;
  clear(): void;
}

/** No ticket is out yet. */
export function createTickets(clock: Clock): Tickets {
  const issued = new Map<string, { readonly appKey: string; readonly until: number }>();
  return {
    issue(appKey) {
      const now = clock.now();
      // Tickets that nobody came with are forgotten here, so that a simulator may run for months.
      for (const [ticket, { until }] of issued) if (until < now) issued.delete(ticket);
      const ticket = randomUUID();
      issued.set(ticket, { appKey, until: now + TICKET_MS });
      return ticket;
    },
    redeem(ticket) {
      const found = issued.get(ticket);
      issued.delete(ticket);
      return found !== undefined && found.until >= clock.now() ? found.appKey : null;
    },
    clear: () => issued.clear(),
  };
}
