// One person: click for details, drag, or carry with the keyboard.
import { memo } from 'preact/compat';
import { useContext, useRef } from 'preact/hooks';
import { useBoard } from '../board';
import { DragContext } from './drag-context';
import { PinIcon } from './icons';

interface Props {
  user_id: number;
  name: string;
  role: 'participant' | 'facilitator';
  note?: string;
  ifNeeded?: boolean;
  pinned?: boolean;
  bad?: string;
  /** A line of a list instead of a pill. */
  line?: boolean;
  /** What somebody searches for stands in this name. */
  found?: boolean;
}

export const Chip = memo(function Chip({ user_id, name, role, note, ifNeeded, pinned, bad, line, found }: Props) {
  const { canEdit, carrying, pickUp, preload, openPerson } = useBoard();
  const drag = useContext(DragContext);
  const undo = useRef<(() => void) | null>(null);
  const said = [role === 'facilitator' && 'facilitator', note && `at ${note}`, ifNeeded && 'relies on if-needed hours', pinned && 'pinned', bad]
    .filter(Boolean)
    .join(', ');
  const approach = (element: HTMLElement) => {
    if (!canEdit || carrying()) return;
    preload(user_id);
    undo.current ??= drag?.draggable(element, { user_id, name, role, byKeyboard: false }) ?? null;
  };
  return (
    <button
      type="button"
      class={`chip ${role} ${line ? 'line' : ''} ${bad ? 'bad' : ''} ${found ? 'found' : ''}`}
      data-person={user_id}
      aria-label={`${name}${said ? `, ${said}` : ''}`}
      aria-describedby={canEdit ? 'carry-help' : undefined}
      title={bad ? `${name}: ${bad}` : name}
      ref={(element) => {
        if (element) return;
        undo.current?.();
        undo.current = null;
      }}
      onPointerEnter={(event) => approach(event.currentTarget)}
      onFocus={() => canEdit && !carrying() && preload(user_id)}
      onClick={() => openPerson(user_id)}
      onKeyDown={(event) => {
        if (!canEdit || (event.key !== 'm' && event.key !== 'M') || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        pickUp({ user_id, name, role, byKeyboard: true });
      }}
    >
      <span class="chip-name" dir="auto">
        {name}
      </span>
      {pinned && (
        <span class="mark held" title="Pinned to this group">
          <PinIcon filled />
        </span>
      )}
      {ifNeeded && (
        <span class="mark" title="Relies on if-needed hours">
          ◐
        </span>
      )}
      {note && <span class="chip-note">{note}</span>}
    </button>
  );
});
