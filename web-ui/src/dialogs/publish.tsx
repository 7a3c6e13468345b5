// The realization plan as a diff, then its progress to the end.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get, listen, post, remove, runningJob } from '../api';
import { useBoard } from '../board';
import { Dialog } from '../parts/dialog';
import { withLocalTimes } from '../time';
import type { Note, PublishEvent, Realization, Step } from '../types';

const kSigns: Record<Step['action'], string> = { create: '+', grant: '+', withdraw: '−', update: '~', adopt: '=', delete: '−' };
const kNotes: Record<Note['kind'], string> = { blocker: 'In the way', shortfall: 'Not now', drift: 'Changed by hand', info: 'Good to know' };
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

function Notes({ notes }: { notes: Note[] }) {
  const { zone } = useBoard();
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note.message} class={note.kind}>
          <strong>{kNotes[note.kind] ?? note.kind}</strong>
          <span>
            {withLocalTimes(note.message, zone)}
            {note.mend && <span class="mend"> {note.mend}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Diff({ steps }: { steps: Step[] }) {
  const { zone } = useBoard();
  const byGroup = useMemo(() => {
    const groups = new Map<string, Step[]>();
    for (const step of steps) groups.set(step.group, [...(groups.get(step.group) ?? []), step]);
    return [...groups];
  }, [steps]);
  if (steps.length === 0) return null;
  return (
    <div class="diff" tabIndex={0} role="region" aria-label="Changes">
      {byGroup.map(([group, changes], position) => (
        <details key={group} open={position < 2 || byGroup.length < 6}>
          <summary>
            {group || 'The cohort'} <span class="quiet">{tally(changes)}</span>
          </summary>
          <ul>
            {changes.map((step, index) => (
              <li key={index} class={step.action}>
                <span class="sign" aria-hidden="true">
                  {kSigns[step.action]}
                </span>
                <span>
                  <span class="hidden">{step.action} </span>
                  <span class="object">{step.object}</span> <strong>{step.name}</strong> <span class="quiet">{withLocalTimes(step.detail, zone)}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
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

export function PublishDialog({ close, reload }: { close: () => void; reload: () => Promise<unknown> }) {
  const { board, session } = useBoard();
  const [plan, setPlan] = useState<Realization | null>(null);
  const [failure, setFailure] = useState('');
  const [job, setJob] = useState('');
  const [progress, setProgress] = useState<PublishEvent | null>(null);
  const stopListening = useRef<() => void>(() => undefined);

  const follow = (id: string) => {
    setJob(id);
    stopListening.current = listen<PublishEvent>(id, setProgress, () => void reload());
  };
  useEffect(() => {
    // Closed and opened again, or begun by a colleague: go on watching.
    void runningJob(board.cohort_id, 'publish').then((id) => {
      if (id) follow(id);
      else get<Realization>(`/cohorts/${board.cohort_id}/realization`).then(setPlan, (error: Error) => setFailure(error.message));
    });
    return () => stopListening.current();
  }, []);

  const publish = async () => {
    try {
      const reply = await post<{ job: string }>(`/cohorts/${board.cohort_id}/realization`);
      follow(reply.job);
    } catch (error) {
      setFailure((error as Error).message);
    }
  };

  const running = job !== '' && progress?.type !== 'done' && progress?.type !== 'failed';
  const good = progress?.status === 'done' || progress?.status === 'nothing_to_do';
  return (
    <Dialog title="Publish to Discord" close={close} wide>
      {session.rehearsal && <p class="banner info">This is a rehearsal server on this machine: nothing here reaches Discord.</p>}
      {failure && (
        <p class="banner bad" role="alert">
          {failure}
        </p>
      )}
      {!plan && !failure && job === '' && <p class="quiet">Comparing with Discord…</p>}
      {plan && job === '' && (
        <>
          <p class="lead-line">
            {plan.steps.length === 0 ? 'Nothing to do: Discord already shows what stands here.' : `To be made: ${tally(plan.steps)}.`}
          </p>
          <Notes notes={plan.notes} />
          <Diff steps={plan.steps} />
          <div class="buttons">
            <button onClick={close}>Not yet</button>
            <button class="primary" disabled={plan.blocked || plan.steps.length === 0} onClick={publish}>
              Publish {plan.steps.length > 0 && `${plan.steps.length} changes`}
            </button>
          </div>
        </>
      )}
      {job !== '' && (
        <div class="stack" aria-live="polite">
          {running && <Running job={job} progress={progress} />}
          {progress?.type === 'failed' && <p class="banner bad">{progress.message}</p>}
          {progress?.type === 'done' && (
            <>
              <p class={`banner ${good ? 'good' : 'bad'}`} data-published={progress.status}>
                <strong>{kStatus[progress.status ?? ''] ?? progress.status}</strong> {progress.failure}
              </p>
              {Array.isArray(progress.done) && progress.done.length > 0 && <p>Done: {tally(progress.done)}.</p>}
              <Notes notes={progress.notes ?? []} />
              {progress.links && progress.links.length > 0 && (
                <ul class="chips links">
                  {progress.links.map((link) => (
                    <li key={link.url}>
                      <a href={link.url} target="_blank" rel="noreferrer">
                        {link.group}
                      </a>
                    </li>
                  ))}
                </ul>
              )}
              {progress.not_done && <Diff steps={progress.not_done} />}
              <div class="buttons">
                <button class="primary" onClick={close}>
                  Back to the board
                </button>
              </div>
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}

/** `1 category, 24 text channels, …`, in the order of the steps. */
function tally(steps: Step[]): string {
  const counts = new Map<string, number>();
  for (const step of steps) {
    const what = step.action === 'create' ? step.object : `${step.object} (${step.action})`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const plural = (what: string, count: number) => (count === 1 ? what : what.replace(/^([^(]*?)(y)?( \(|$)/, (_, stem, y, rest) => stem + (y ? 'ies' : 's') + rest));
  return [...counts].map(([what, count]) => `${count} ${plural(what, count)}`).join(', ');
}
