import { useMemo } from 'preact/hooks';
import { useBoard } from '../board';
import { browserZone, calendarDate } from '../time';
import { Logo, RedoIcon, UndoIcon } from './icons';

const option = (name: string) => (
  <option key={name} value={name}>
    {name.replace(/_/g, ' ')}
  </option>
);

interface Props {
  zone: string;
  setZone: (zone: string) => void;
  open: (dialog: 'solve' | 'publish' | 'history' | 'link') => void;
}

export function TopBar({ zone, setZone, open }: Props) {
  const { board, canEdit, change, session } = useBoard();
  const empty = board.groups.length === 0;
  const usual = [...new Set([browserZone, 'UTC', board.anchor.includes('/') ? board.anchor : 'UTC'])];
  const theirs = useMemo(() => {
    const zones = new Set(board.groups.flatMap((group) => group.members.filter((member) => !member.fixed_offset).map((member) => member.timezone)));
    for (const name of usual) zones.delete(name);
    return [...zones].sort();
  }, [board.groups]);
  return (
    <header class="top">
      <Logo />
      <div class="cohort">
        <h1>{board.cohort_name}</h1>
        <p class="quiet">
          {board.course_name && `${board.course_name} · `}
          {board.number_of_group_meetings} meetings of {board.meeting_minutes} min from {calendarDate(board.cohort_start_date)}
        </p>
      </div>
      <dl class="score" aria-label="How good the groups are">
        <div>
          <dt>placed</dt>
          <dd>
            {board.score.placed}
            <small> / {board.participants}</small>
          </dd>
        </div>
        <div>
          <dt>groups</dt>
          <dd>{board.groups.length}</dd>
        </div>
        <div title="People who rely on hours that they would rather not use">
          <dt>if needed</dt>
          <dd>{board.score.if_needed}</dd>
        </div>
      </dl>
      <label class="zone">
        <span class="hidden">Times in</span>
        <select value={zone} onChange={(event) => setZone(event.currentTarget.value)}>
          {usual.map(option)}
          {theirs.length > 0 && <optgroup label="Members’ zones">{theirs.map(option)}</optgroup>}
        </select>
      </label>
      {canEdit ? (
        <nav class="actions" aria-label="Actions">
          <button class="icon-button" disabled={!board.undo} title={board.undo ? `Undo: ${board.undo}` : 'Nothing to undo'} aria-label="Undo" onClick={() => change({ command: 'undo' })}>
            <UndoIcon />
          </button>
          <button class="icon-button" disabled={!board.redo} title={board.redo ? `Redo: ${board.redo}` : 'Nothing to redo'} aria-label="Redo" onClick={() => change({ command: 'redo' })}>
            <RedoIcon />
          </button>
          <button onClick={() => open('history')}>History</button>
          <button onClick={() => open('link')}>Share</button>
          <button onClick={() => open('solve')}>Solve</button>
          <button
            class={empty ? '' : 'primary'}
            onClick={() => open('publish')}
            disabled={!session.can_publish || empty}
            title={empty ? 'There are no groups yet' : session.can_publish ? '' : 'Set DISCORD_TOKEN and DISCORD_GUILD_ID, and start convene serve again'}
          >
            Publish
          </button>
        </nav>
      ) : (
        <span class="tag">read only</span>
      )}
    </header>
  );
}
