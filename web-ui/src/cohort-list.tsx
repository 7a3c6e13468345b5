import { useEffect, useState } from 'preact/hooks';
import { get } from './api';
import { Logo } from './parts/icons';
import { calendarDate } from './time';
import type { CohortSummary, SessionInfo } from './types';

export function CohortList({ session }: { session: SessionInfo }) {
  const [cohorts, setCohorts] = useState<CohortSummary[] | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    document.title = 'convene · cohorts';
    get<{ cohorts: CohortSummary[] }>('/cohorts').then(
      (reply) => {
        setCohorts(reply.cohorts);
        if (reply.cohorts.length === 1) location.hash = `#/cohorts/${reply.cohorts[0].cohort_id}`;
      },
      (error: Error) => setFailure(error.message),
    );
  }, [session]);
  return (
    <>
      <header class="top">
        <Logo />
      </header>
      <main class="list-page">
        <h1>Cohorts</h1>
        {failure && (
          <p class="banner bad" role="alert">
            {failure}
          </p>
        )}
        {cohorts?.length === 0 && (
          <p class="quiet">
            No cohort yet. <code>convene import FILE</code> brings in the first.
          </p>
        )}
        <ul class="cohorts">
          {cohorts?.map((cohort) => (
            <li key={cohort.cohort_id}>
              <a class="sheet" href={`#/cohorts/${cohort.cohort_id}`}>
                <strong>{cohort.cohort_name}</strong>
                <span class="quiet">
                  {cohort.course_name && `${cohort.course_name} · `}starts {calendarDate(cohort.cohort_start_date)}
                </span>
                <span class="facts">
                  <span>{cohort.groups} groups</span>
                  <span>{cohort.grouped} grouped</span>
                  <span>{cohort.awaiting} awaiting</span>
                  {cohort.realized > 0 && <span>{cohort.realized} on Discord</span>}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}
