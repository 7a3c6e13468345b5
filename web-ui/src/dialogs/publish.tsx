// The realization plan as a diff, then its progress to the end.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get, listen, post, remove } from '../api';
import { useBoard } from '../board';
import { Dialog } from '../parts/dialog';
import type { Note, PublishEvent, Realization, Step } from '../types';

const kSigns: Record<Step['action'], string> = { create: '+', grant: '+', withdraw: '−', update: '~', adopt: '=' };
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
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note.message} class={note.kind}>
          <strong>{note.kind}</strong> {note.message} {note.mend && <span class="quiet">{note.mend}</span>}
        </li>
      ))}
    </ul>
  );
}

function Diff({ steps }: { steps: Step[] }) {
  const byGroup = useMemo(() => {
    const groups = new Map<string, Step[]>();
    for (const step of steps) groups.set(step.group, [...(groups.get(step.group) ?? []), step]);
    return [...groups];
  }, [steps]);
  return (
    <div class="diff" tabIndex={0} role="region" aria-label="Changes">
      {byGroup.map(([group, changes]) => (
        <details key={group} open={byGroup.length < 6 || group === ''}>
          <summary>
            {group || 'The cohort'} <span class="count">{changes.length}</span>
          </summary>
          <ul>
            {changes.map((step, index) => (
              <li key={index} class={step.action}>
                <span class="sign" aria-hidden="true">
                  {kSigns[step.action]}
                </span>
                <span>
                  <span class="hidden">{step.action} </span>
                  {step.object} <strong>{step.name}</strong> <span class="quiet">{step.detail}</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}

export function PublishDialog({ close, reload }: { close: () => void; reload: () => Promise<unknown> }) {
  const { board } = useBoard();
  const [plan, setPlan] = useState<Realization | null>(null);
  const [failure, setFailure] = useState('');
  const [job, setJob] = useState('');
  const [progress, setProgress] = useState<PublishEvent | null>(null);
  const stopListening = useRef<() => void>(() => undefined);

  useEffect(() => {
    get<Realization>(`/cohorts/${board.cohort_id}/realization`).then(setPlan, (error: Error) => setFailure(error.message));
    return () => stopListening.current();
  }, []);

  const publish = async () => {
    try {
      const reply = await post<{ job: string }>(`/cohorts/${board.cohort_id}/realization`);
      setJob(reply.job);
      stopListening.current = listen<PublishEvent>(reply.job, setProgress, () => void reload());
    } catch (error) {
      setFailure((error as Error).message);
    }
  };

  const running = job !== '' && progress?.type !== 'done' && progress?.type !== 'failed';
  const done = typeof progress?.done === 'number' ? progress.done : 0;
  const counts = plan ? tally(plan.steps) : '';
  return (
    <Dialog title="Publish to Discord" close={close} wide>
      {failure && (
        <p class="banner bad" role="alert">
          {failure}
        </p>
      )}
      {!plan && !failure && <p class="quiet">Comparing with Discord…</p>}
      {plan && job === '' && (
        <>
          <p>{plan.steps.length === 0 ? 'Nothing to do: Discord already shows what stands here.' : counts}</p>
          <Notes notes={plan.notes} />
          <Diff steps={plan.steps} />
          <div class="buttons">
            <button class="primary" disabled={plan.blocked || plan.steps.length === 0} onClick={publish}>
              Publish {plan.steps.length > 0 && `${plan.steps.length} changes`}
            </button>
          </div>
        </>
      )}
      {job !== '' && (
        <div class="stack" aria-live="polite">
          {running && (
            <>
              <progress value={done} max={progress?.total ?? 1} aria-label="Progress" />
              <p class="quiet">
                {progress ? `${done} of ${progress.total}: ${progress.current}` : 'Starting…'}
              </p>
              <div class="buttons">
                <button onClick={() => remove(`/jobs/${job}`)}>Stop</button>
              </div>
            </>
          )}
          {progress?.type === 'failed' && <p class="banner bad">{progress.message}</p>}
          {progress?.type === 'done' && (
            <>
              <p class={`banner ${progress.status === 'done' || progress.status === 'nothing_to_do' ? 'good' : 'bad'}`} data-published={progress.status}>
                {kStatus[progress.status ?? ''] ?? progress.status} {progress.failure}
              </p>
              <Notes notes={progress.notes ?? []} />
              {progress.links && progress.links.length > 0 && (
                <ul class="links">
                  {progress.links.map((link) => (
                    <li key={link}>
                      <a href={link} target="_blank" rel="noreferrer">
                        {link}
                      </a>
                    </li>
                  ))}
                </ul>
              )}
              {progress.not_done && progress.not_done.length > 0 && <Diff steps={progress.not_done} />}
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}

/** `1 category, 24 channels, …`, in the order of the plan. */
function tally(steps: Step[]): string {
  const counts = new Map<string, number>();
  for (const step of steps) {
    const what = step.action === 'create' ? step.object : `${step.object} (${step.action})`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} × ${what}`).join(' · ');
}
