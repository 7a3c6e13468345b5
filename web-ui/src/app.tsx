// Who is here, and which cohort they look at.
import { useEffect, useState } from 'preact/hooks';
import { Refused, get, openSession } from './api';
import { BoardPage } from './board-page';
import { CohortList } from './cohort-list';
import { Login } from './login';
import type { SessionInfo } from './types';

/** `#/cohorts/3` is 3. */
function cohortInAddress(): number | null {
  const match = location.hash.match(/^#\/cohorts\/(\d+)$/);
  return match ? Number(match[1]) : null;
}

export function App() {
  const [session, setSession] = useState<SessionInfo | null>(null);
  const [failure, setFailure] = useState('');
  const [cohort, setCohort] = useState(cohortInAddress);

  useEffect(() => {
    openSession().then(setSession, (error: unknown) => {
      setFailure(error instanceof Refused ? error.message : 'The server does not answer.');
      get<SessionInfo>('/session').then(setSession, () => undefined);
    });
    const follow = () => setCohort(cohortInAddress());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  if (!session) return <main class="centre">{failure ? <p role="alert">{failure}</p> : <p class="quiet">Loading…</p>}</main>;
  if (!session.logged_in) return <Login session={session} failure={failure} />;
  const shown = session.cohort_id ?? cohort;
  if (shown === null) return <CohortList session={session} />;
  return <BoardPage key={shown} cohort={shown} session={session} />;
}
