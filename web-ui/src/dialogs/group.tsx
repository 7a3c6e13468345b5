// One group: its weeks on every member's clock, and its time, name and facilitator.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { peopleOf, useBoard } from '../board';
import { Dialog } from '../parts/dialog';
import { localWeekly, longDate, memberClock, shortDate, weeklyTime } from '../time';
import type { Group, Starts } from '../types';

function WeekStrip({ group, zone }: { group: Group; zone: string }) {
  const count = group.meetings.length;
  return (
    <div class="strip-scroll" tabIndex={0} role="region" aria-label="Week by week">
      <table class="strip">
        <thead>
          <tr>
            <th scope="col">member</th>
            {group.meetings.map((meeting, index) => (
              <th key={index} scope="col" title={longDate(meeting.start, zone)}>
                <span class="quiet">{index + 1}</span> {shortDate(meeting.start, zone)}
                {meeting.was_rescheduled && <span class="tag">moved</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr class="reader">
            <th scope="row">{zone.replace(/_/g, ' ')}</th>
            {group.meetings.map((meeting, index) => (
              <td key={index}>{weeklyTime(meeting.start, zone)}</td>
            ))}
          </tr>
          {group.members.map((member) => (
            <tr key={`${member.user_id}-${member.role}`}>
              <th scope="row">
                {member.name}
                <span class="quiet">{member.timezone.replace(/_/g, ' ')}</span>
              </th>
              {memberClock(member, count).map((cell, index) => (
                <td
                  key={index}
                  class={`${member.outside.includes(index) ? 'bad' : ''} ${cell.changed ? 'shift' : ''}`}
                  title={`${cell.changed ? 'Their clocks have changed. ' : ''}${member.outside.includes(index) ? 'Outside their hours.' : ''}`}
                >
                  {cell.text}
                  {cell.changed && <span class="hidden"> (clocks changed)</span>}
                  {member.outside.includes(index) && <span class="hidden"> (outside their hours)</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

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
      <p class="quiet">
        {group.meeting_time_utc} UTC
        {group.anchor !== 'UTC' && ` · kept at ${localWeekly(group.anchor_start)} in ${group.anchor.replace(/_/g, ' ')}`}
      </p>
      <h3>Week by week, on everybody’s clock</h3>
      <WeekStrip group={group} zone={zone} />
      <p class="legend quiet">
        <i class="key shift" /> clocks have changed <i class="key bad" /> outside their hours
      </p>
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
