// The realization plan as a diff, then its progress to the end.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, listen, post, remove, runningJob } from '../api';
import { useBoard } from '../board';
import { Dialog } from '../parts/dialog';
import { PlanDiff, Totals } from '../parts/plan-diff';
import { Concerns, GoodToKnow } from '../parts/plan-notes';
import type { PublishEvent, Realization } from '../types';
import { counted } from '../words';

const kStatus: Record<string, string> = {
  done: 'Published. Every group has its home.',
  nothing_to_do: 'Discord already shows everything.',
  no_groups: 'There is no group to publish yet.',
  blocked: 'It cannot be carried out yet: see the notes.',
  busy: 'Another program is publishing this cohort.',
  interrupted: 'Stopped. What was done stays; publish again to go on.',
  incomplete: 'Some steps could not be done: see below. Publish again to go on.',
  failed: 'It ended early. What was done stays; publish again to go on.',
};

interface PlanProps {
  plan: Realization;
  restore: boolean;
  setRestore: (restore: boolean) => void;
  lookAgain: () => void;
  publish: () => void;
  close: () => void;
}

function Plan({ plan, restore, setRestore, lookAgain, publish, close }: PlanProps) {
  const drift = plan.notes.some((note) => note.kind === 'drift');
  const nothing = plan.steps.length === 0;
  return (
    <>
      {nothing && <p class="lead-line">{plan.blocked ? 'Nothing can be done yet.' : 'Nothing to do: Discord already shows what stands here.'}</p>}
      <Totals steps={plan.steps} />
      <Concerns notes={plan.notes} />
      {(drift || restore) && (
        <label class="check">
          <input type="checkbox" checked={restore} onChange={(event) => setRestore(event.currentTarget.checked)} /> Take back what was changed by hand on Discord
        </label>
      )}
      <PlanDiff steps={plan.steps} />
      <GoodToKnow notes={plan.notes} />
      <div class="buttons">
        {plan.blocked && <span class="quiet">Mend what is in the way, then look again.</span>}
        <button onClick={close}>Not yet</button>
        {plan.blocked || nothing ? (
          <button class={plan.blocked ? 'primary' : ''} onClick={lookAgain}>
            Look again
          </button>
        ) : (
          <button class="primary" onClick={publish}>
            Publish {counted(plan.steps.length, 'change')}
          </button>
        )}
      </div>
    </>
  );
}

function Running({ job, progress }: { job: string; progress: PublishEvent | null }) {
  const done = typeof progress?.done === 'number' ? progress.done : 0;
  const left = progress?.remaining?.replace(/^, /, '');
  return (
    <>
      <div class="progress-line">
        <strong>{progress ? `${done} of ${progress.total}` : 'Starting…'}</strong>
        {left && <span class="quiet">{left}</span>}
      </div>
      <progress value={done} max={progress?.total ?? 1} aria-label="Progress" />
      <p class="quiet current">{progress?.current}</p>
      <div class="buttons">
        <span class="quiet">Closing this window does not stop it.</span>
        <button onClick={() => remove(`/jobs/${job}`)}>Stop</button>
      </div>
    </>
  );
}

/** Where each group lives. A look-alike of Discord has no pages to open. */
function Homes({ homes }: { homes: NonNullable<PublishEvent['homes']> }) {
  const there = homes.filter((home) => home.text_channel || home.voice_channel || home.next_event);
  if (there.length === 0) return null;
  const link = (url: string, words: string, group: string) =>
    url && (
      <a href={url} target="_blank" rel="noreferrer">
        {words}
        <span class="hidden"> of {group}</span>
      </a>
    );
  return (
    <div class="homes" tabIndex={0} role="region" aria-label="Where the groups are on Discord">
      <table>
        <caption class="hidden">Where the groups are on Discord</caption>
        <tbody>
          {there.map((home) => (
            <tr key={home.group}>
              <th scope="row">
                <bdi>{home.group}</bdi>
              </th>
              <td>{link(home.text_channel, 'text channel', home.group)}</td>
              <td>{link(home.voice_channel, 'voice channel', home.group)}</td>
              <td>{link(home.next_event, 'next event', home.group)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Ended({ end, close }: { end: PublishEvent; close: () => void }) {
  const { session } = useBoard();
  const good = end.status === 'done' || end.status === 'nothing_to_do';
  return (
    <>
      <p class={`banner ${good ? 'good' : 'bad'}`} data-published={end.status}>
        <strong>{kStatus[end.status ?? ''] ?? end.status}</strong> {end.failure}
      </p>
      {Array.isArray(end.done) && end.done.length > 0 && (
        <details>
          <summary>{counted(end.done.length, 'change')} made</summary>
          <PlanDiff steps={end.done} />
        </details>
      )}
      <Concerns notes={end.notes ?? []} />
      {!session.rehearsal && <Homes homes={end.homes ?? []} />}
      {end.not_done && end.not_done.length > 0 && (
        <>
          <h3>Not done</h3>
          <PlanDiff steps={end.not_done} />
        </>
      )}
      <GoodToKnow notes={end.notes ?? []} />
      <div class="buttons">
        <button class="primary" onClick={close}>
          Back to the board
        </button>
      </div>
    </>
  );
}

export function PublishDialog({ close, reload }: { close: () => void; reload: () => Promise<unknown> }) {
  const { board, session } = useBoard();
  const [plan, setPlan] = useState<Realization | null>(null);
  const [restore, setRestore] = useState(false);
  const [failure, setFailure] = useState('');
  const [job, setJob] = useState('');
  const [progress, setProgress] = useState<PublishEvent | null>(null);
  const stopListening = useRef<() => void>(() => undefined);

  const follow = (id: string) => {
    setJob(id);
    stopListening.current = listen<PublishEvent>(id, setProgress, () => void reload());
  };
  const look = (restoring: boolean) => {
    setPlan(null);
    setFailure('');
    get<Realization>(`/cohorts/${board.cohort_id}/realization${restoring ? '?restore=true' : ''}`).then(setPlan, (error: Error) => setFailure(error.message));
  };
  useEffect(() => {
    // Closed and opened again, or begun by a colleague: go on watching.
    void runningJob(board.cohort_id, 'publish').then((id) => (id ? follow(id) : look(false)));
    return () => stopListening.current();
  }, []);

  const publish = async () => {
    try {
      const reply = await post<{ job: string }>(`/cohorts/${board.cohort_id}/realization`, { restore });
      follow(reply.job);
    } catch (error) {
      setFailure((error as Error).message);
    }
  };

  const running = job !== '' && progress?.type !== 'done' && progress?.type !== 'failed';
  return (
    <Dialog title="Publish to Discord" close={close} wide>
      {session.rehearsal && <p class="banner info">This is a rehearsal server on this machine: nothing here reaches Discord.</p>}
      {failure && (
        <>
          <p class="banner bad" role="alert">
            {failure}
          </p>
          {job === '' && (
            <div class="buttons">
              <button onClick={() => look(restore)}>Look again</button>
            </div>
          )}
        </>
      )}
      {!plan && !failure && job === '' && <p class="quiet">Comparing with Discord…</p>}
      {plan && job === '' && (
        <Plan
          plan={plan}
          restore={restore}
          setRestore={(wanted) => {
            setRestore(wanted);
            look(wanted);
          }}
          lookAgain={() => look(restore)}
          publish={() => void publish()}
          close={close}
        />
      )}
      {job !== '' && (
        <div class="stack" aria-live="polite">
          {running && <Running job={job} progress={progress} />}
          {progress?.type === 'failed' && <p class="banner bad">{progress.message}</p>}
          {progress?.type === 'done' && <Ended end={progress} close={close} />}
        </div>
      )}
    </Dialog>
  );
}
