import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../server/contract/auth.ts';
import type { Role } from '../../server/contract/role.ts';
import { ApiError, readSession } from '../api/client.ts';
import { useConnection } from '../api/connection.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';

const SessionContext = createContext<Session | undefined>(undefined);

/** As in server/contract/role.ts, whose own list would bring zod with it into the first thing that is loaded. */
const ROLES = ['viewer', 'submitter', 'editor', 'admin'] as const satisfies readonly Role[];

/** While the hub is away, or nobody is signed in any more, it is asked so often whether that has changed. */
const ASK_AGAIN_MS = 4_000;

/** Where to sign in, and come back to this page afterwards. */
export const signInPath = (): string =>
  `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;

/**
 * Who is signed in, for all that is inside. Somebody who opens a page without a session goes to the sign-in page; a session that
 * ends later leaves the page as it is (see Trouble), for it may hold unsaved text.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('app');
  const [session, setSession] = useState<Session>();
  const [trouble, setTrouble] = useState<unknown>();
  const connection = useConnection();
  const queries = useQueryClient();

  const ask = useCallback(async (): Promise<void> => {
    setTrouble(undefined);
    try {
      setSession(await readSession());
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) location.replace(signInPath());
      else setTrouble(error);
    }
  }, []);
  useEffect(() => void ask(), [ask]);

  // Whichever call found the hub again: what failed meanwhile, or is old, is read anew.
  const wasAway = useRef(false);
  useEffect(() => {
    if (connection === 'fine' && wasAway.current) void queries.invalidateQueries();
    wasAway.current = connection !== 'fine';
  }, [connection, queries]);

  useEffect(() => {
    if (connection === 'fine' || session === undefined) return undefined;
    const askAgain = async (): Promise<void> => {
      try {
        setSession(await readSession(true));
      } catch {
        // Still away, or still signed out: the banner says so.
      }
    };
    const timer = setInterval(() => void askAgain(), ASK_AGAIN_MS);
    const onFocus = (): void => void askAgain();
    window.addEventListener('focus', onFocus);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', onFocus);
    };
  }, [connection, session]);

  if (session !== undefined) return <SessionContext value={session}>{children}</SessionContext>;
  if (trouble !== undefined) return <ErrorState error={trouble} retry={() => void ask()} />;
  return <LoadingState words={t('starting')} />;
}

/** Who is signed in. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === undefined) throw new Error('useSession needs a SessionProvider around it.');
  return session;
}

/** Whether the person may do what needs `role`; what they may not is not shown. */
export const useMay = (role: Role): boolean => ROLES.indexOf(useSession().role) >= ROLES.indexOf(role);
