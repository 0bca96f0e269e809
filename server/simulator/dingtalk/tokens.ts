import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Seconds a token lives (protocols/dingtalk.md §1). */
export const TOKEN_SECONDS = 7200;

interface Token {
  readonly text: string;
  readonly appKey: string;
  expiresAt: number;
  calls: number;
}

export type TokenUse = { readonly appKey: string } | 'unknown' | 'expired';

export interface Tokens {
  /** The app's token: the same while it is valid, its end pushed out by each asking; a new one afterwards. */
  issue(appKey: string): string;
  /** Counts one call made with the token. `maxCalls` (a fault) ends a token that was good for that many calls. */
  use(text: string, maxCalls: number | null): TokenUse;
  clear(): void;
}

// Enough to tell "expired" from "never issued" without growing for ever.
const REMEMBERED = 1000;

/** Keeps one token per appKey (protocols/dingtalk.md §1 "Rules"). */
export function createTokens(clock: Clock): Tokens {
  const current = new Map<string, Token>();
  const issued = new Map<string, Token>();

  return {
    issue(appKey) {
      const known = current.get(appKey);
      const expiresAt = clock.now() + TOKEN_SECONDS * 1000;
      if (known && known.expiresAt > clock.now()) {
        known.expiresAt = expiresAt;
        return known.text;
      }
      const token: Token = { text: randomUUID().replaceAll('-', ''), appKey, expiresAt, calls: 0 };
      current.set(appKey, token);
      issued.set(token.text, token);
      const oldest = issued.keys().next().value;
      if (issued.size > REMEMBERED && oldest !== undefined) issued.delete(oldest);
      return token.text;
    },

    use(text, maxCalls) {
      const token = issued.get(text);
      if (!token) return 'unknown';
      if (maxCalls !== null && token.calls >= maxCalls) token.expiresAt = 0;
      if (token.expiresAt <= clock.now()) return 'expired';
      token.calls += 1;
      return { appKey: token.appKey };
    },

    clear() {
      current.clear();
      issued.clear();
    },
  };
}
