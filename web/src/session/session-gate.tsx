import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useIsAway } from '../api/availability.ts';
import { hasCode } from '../api/api-error.ts';
import { useLiveUpdates } from '../api/live/use-live-updates.ts';
import { useCalendars } from '../api/use-calendars.ts';
import { useText } from '../i18n/text.ts';
import { SignInPage } from './sign-in-page.tsx';

/** Shows the page to whoever is signed in. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data, error } = useCalendars();
  const isAway = useIsAway();
  const text = useText();
  const [path] = useLocation();
  const isRefused = hasCode(error, 'unauthenticated');
  useLiveUpdates(data, data !== undefined && !isRefused);
  if (isRefused) return <SignInPage />;
  if (hasCode(error, 'forbidden')) {
    if (path.startsWith('/monitor')) return children;
    return (
      <main className="sign-in">
        <h1>{text.calendarForbidden}</h1>
        <p>{text.calendarForbiddenHint}</p>
        <Link href="/monitor" className="button primary">
          {text.monitorLink}
        </Link>
      </main>
    );
  }
  if (error && !data) {
    return (
      <main className="sign-in">
        <h1>{text.unexpected}</h1>
        <p>{error.message}</p>
      </main>
    );
  }
  if (!data && isAway) {
    return (
      <main className="sign-in" aria-busy="true">
        <img src="/favicon.svg" alt="" width="48" height="48" />
        <h1>{text.awayTitle}</h1>
        <p>{text.awayText}</p>
      </main>
    );
  }
  return children;
}
