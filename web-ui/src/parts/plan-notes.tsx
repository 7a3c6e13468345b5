// What will not be possible and why, what people changed on Discord by hand, and what else to know.
import { useBoard } from '../board';
import { withLocalTimes } from '../time';
import type { Note } from '../types';

/** The gravest first. */
const kKinds: Record<Exclude<Note['kind'], 'info'>, string> = { blocker: 'In the way', shortfall: 'Not now', drift: 'Changed by hand' };

/** What the page itself offers need not be said as a command. */
const isRestore = (mend: string) => mend.startsWith('convene realize --restore');

function Words({ note }: { note: Note }) {
  const { zone } = useBoard();
  return (
    <span class="words">
      {withLocalTimes(note.message, zone)}
      {note.mend && !isRestore(note.mend) && <span class="mend"> {withLocalTimes(note.mend, zone)}</span>}
    </span>
  );
}

/** Whatever will not be as the database says. */
export function Concerns({ notes }: { notes: Note[] }) {
  const kinds = Object.keys(kKinds) as (keyof typeof kKinds)[];
  const sorted = kinds.flatMap((kind) => notes.filter((note) => note.kind === kind).map((note) => ({ kind, note })));
  if (sorted.length === 0) return null;
  return (
    <div class="notes" tabIndex={0} role="region" aria-label="What will not be possible">
      <ul>
        {sorted.map(({ kind, note }, index) => (
          <li key={index} class={kind}>
            <strong>{kKinds[kind]}</strong>
            <Words note={note} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function GoodToKnow({ notes }: { notes: Note[] }) {
  const infos = notes.filter((note) => note.kind === 'info');
  if (infos.length === 0) return null;
  return (
    <details class="to-know">
      <summary>
        Good to know <span class="count">{infos.length}</span>
      </summary>
      <ul>
        {infos.map((note, index) => (
          <li key={index}>
            <Words note={note} />
          </li>
        ))}
      </ul>
    </details>
  );
}
