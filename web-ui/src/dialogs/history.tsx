import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { useBoard } from '../board';
import { Dialog } from '../parts/dialog';
import { dateAndTime, withLocalTimes } from '../time';
import type { Edit } from '../types';

/** A run that came to its end, and any other. */
const kRuns: Record<string, { done: string; tried: string }> = {
  schedule: { done: 'Groups were formed', tried: 'Groups were to be formed' },
  realize: { done: 'Groups were published', tried: 'Groups were to be published' },
  archive: { done: 'The cohort was archived', tried: 'The cohort was to be archived' },
};
const kDone = new Set(['done', 'optimal', 'feasible']);
const kStatus: Record<string, string> = { optimal: 'proven best', crashed: 'broken off', running: 'running now' };

function runWords(run: Run): string {
  const words = kRuns[run.kind];
  return words ? words[kDone.has(run.status) ? 'done' : 'tried'] : run.kind;
}

interface Run {
  run_id: number;
  kind: string;
  status: string;
  started_at: string;
  author: string | null;
}

export function HistoryDialog({ close }: { close: () => void }) {
  const { board, zone } = useBoard();
  const [edits, setEdits] = useState<Edit[] | null>(null);
  const [runs, setRuns] = useState<Run[]>([]);
  useEffect(() => {
    get<{ edits: Edit[] }>(`/cohorts/${board.cohort_id}/edits`).then((reply) => setEdits(reply.edits), () => undefined);
    get<{ runs: Run[] }>(`/cohorts/${board.cohort_id}/runs`).then((reply) => setRuns(reply.runs), () => undefined);
  }, [board.version]);
  const entries = [
    ...(edits ?? []).map((edit) => ({ at: edit.made_at, key: `e${edit.edit_id}`, edit, run: undefined as Run | undefined })),
    // An accepted plan stands among the edits already, with who accepted it.
    ...runs.filter((run) => !edits?.some((edit) => edit.run_id === run.run_id)).map((run) => ({ at: run.started_at, key: `r${run.run_id}`, edit: undefined as Edit | undefined, run })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Dialog title="History" close={close}>
      {edits && entries.length === 0 && <p class="quiet">Nothing was changed yet.</p>}
      <ol class="history">
        {entries.map(({ at, key, edit, run }) => (
          <li key={key} class={edit?.undone ? 'undone' : ''}>
            <time dateTime={at} class="quiet">
              {dateAndTime(at, zone)}
            </time>
            {edit && (
              <span>
                {withLocalTimes(edit.summary, zone)} <span class="quiet">by {edit.author}</span>
                {edit.forced && <span class="tag bad">forced</span>}
                {edit.undone && <span class="tag">undone</span>}
              </span>
            )}
            {run && (
              <span>
                {runWords(run)} {run.author && <span class="quiet">by {run.author}</span>}
                {run.status !== 'done' && <span class={`tag ${kDone.has(run.status) ? '' : 'bad'}`}>{kStatus[run.status] ?? run.status.replace(/_/g, ' ')}</span>}
              </span>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
