// One group: its weeks on every member's clock, and its time, name and facilitator.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { peopleOf, useBoard } from '../board';
import { Dialog } from '../parts/dialog';
import { PinIcon } from '../parts/icons';
import { WeekStrip } from '../parts/week-strip';
import { groupTimes, localWeekly, weeklyTime } from '../time';
import type { Starts } from '../types';

export function GroupDialog({ id, close }: { id: number; close: () => void }) {
  const { board, zone, canEdit, change } = useBoard();
  const group = board.groups.find((candidate) => candidate.group_id === id);
  const [starts, setStarts] = useState<Starts | null>(null);
  const [name, setName] = useState(group?.group_name ?? '');
  useEffect(() => {
    if (canEdit) get<Starts>(`/cohorts/${board.cohort_id}/groups/${id}/starts`).then(setStarts, () => undefined);
  }, [id, board.version]);
  useEffect(() => setName(group?.group_name ?? ''), [group?.group_name]);
  if (!group) return null;

  const leader = group.members.find((member) => member.role === 'facilitator');
  const facilitators = [...peopleOf(board)].filter(([, person]) => person.role === 'facilitator');
  facilitators.sort(([, a], [, b]) => a.name.localeCompare(b.name));
  return (
    <Dialog title={group.group_name} close={close} wide>
      <div class="when">
        <strong>{groupTimes(group, zone)[0]?.text ?? 'no time yet'}</strong>
        <span class="quiet">
          {localWeekly(group.meeting_time_utc)} UTC
          {group.anchor !== 'UTC' && ` · kept at ${localWeekly(group.anchor_start)} in ${group.anchor.replace(/_/g, ' ')}`}
        </span>
        {canEdit && (
          <button
            class="small pin-button"
            aria-pressed={group.pinned}
            onClick={() => change({ command: group.pinned ? 'unpin' : 'pin', group: id })}
          >
            <PinIcon filled={group.pinned} /> {group.pinned ? 'Pinned' : 'Pin'}
          </button>
        )}
      </div>
      {group.violations.length > 0 && (
        <ul class="violations">
          {group.violations.map((violation) => (
            <li key={violation}>{violation}</li>
          ))}
        </ul>
      )}
      <h3>Week by week, on everybody’s clock</h3>
      <WeekStrip group={group} />
      {canEdit && (
        <div class="columns">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void change({ command: 'rename', group: id, text: name });
            }}
          >
            <label class="field">
              Name
              <input value={name} maxLength={100} required onInput={(event) => setName(event.currentTarget.value)} />
            </label>
            <button class="small" disabled={name === group.group_name}>
              Rename
            </button>
          </form>
          <label class="field">
            Facilitator
            <select
              value={leader?.user_id ?? ''}
              onChange={(event) => {
                const person = Number(event.currentTarget.value);
                event.currentTarget.value = String(leader?.user_id ?? '');
                if (person) void change({ command: 'lead', person, group: id });
              }}
            >
              {!leader && <option value="">nobody</option>}
              {facilitators.map(([user, person]) => (
                <option key={user} value={user}>
                  {person.name}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {canEdit && (
        <>
          <h3>Other times that suit everybody</h3>
          {!starts && <p class="quiet">Looking…</p>}
          {starts?.starts.length === 0 && <p class="quiet">There is none: every other time is outside somebody’s hours or clashes with another group of the facilitator.</p>}
          {starts && starts.starts.length > 0 && (
            <>
              {starts.pinned && <p class="quiet">The group is pinned to its time; unpin it first.</p>}
              <ul class="chips starts">
                {starts.starts.map((spare) => (
                  <li key={spare.start}>
                    <button class="small" disabled={starts.pinned} onClick={() => change({ command: 'retime', group: id, text: spare.start })}>
                      {weeklyTime(spare.first_meeting, zone)}
                      {spare.if_needed > 0 && <span class="mark"> ◐ {spare.if_needed}</span>}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Dialog>
  );
}
