// What a cohort without groups shows: where one begins, and what comes after.
import { useBoard } from '../board';

export function FirstSteps({ solve }: { solve: () => void }) {
  const { board, canEdit, session } = useBoard();
  if (!canEdit) return <p class="empty quiet">No groups yet.</p>;
  return (
    <div class="empty">
      <h2>No groups yet</h2>
      <p class="quiet">
        {board.participants === 0 ? 'Nobody has signed up yet.' : board.participants === 1 ? 'One person has signed up so far.' : `${board.participants} people have signed up.`}
      </p>
      <ol class="steps">
        <li>
          <strong>Find groups</strong>
          <span class="quiet">As many people placed as any plan could, and the proof of it.</span>
        </li>
        <li>
          <strong>Look and correct</strong>
          <span class="quiet">Drag people, change times, pin what is good. Everything can be undone.</span>
        </li>
        <li>
          <strong>Publish</strong>
          <span class="quiet">
            {session.can_publish ? 'Channels, events and a welcome for every group, shown before anything is made.' : 'Needs a Discord server; none is configured yet.'}
          </span>
        </li>
      </ol>
      <button class="primary" disabled={board.participants === 0} onClick={solve}>
        Find groups
      </button>
    </div>
  );
}
