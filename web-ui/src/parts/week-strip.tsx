// A group's meetings on every member's clock; a coming one can be postponed.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useBoard } from '../board';
import { longDate, memberClock, shortDate, weeklyTime } from '../time';
import type { Group, Member, Meeting } from '../types';
import { ClockIcon, MoreIcon } from './icons';
import { PostponeForm } from './postpone-form';

/** Why a week has another time than the one before: a meeting was moved, or else clocks have changed. */
const causeOf = (meetings: Meeting[], index: number) => (meetings[index].was_rescheduled || meetings[index - 1]?.was_rescheduled ? 'another time' : 'clocks changed');

function MemberRow({ member, meetings }: { member: Member; meetings: Meeting[] }) {
  return (
    <tr>
      <th scope="row">
        <span class="who-line">
          <bdi title={member.name}>{member.name}</bdi>
          {member.role === 'facilitator' && <span class="tag lead">leads</span>}
        </span>
        <span class="quiet">{member.timezone.replace(/_/g, ' ')}</span>
      </th>
      {memberClock(member, meetings.length).map((cell, index) => {
        const cause = cell.changed ? causeOf(meetings, index) : '';
        const outside = member.outside.includes(index);
        return (
          <td
            key={index}
            class={`${outside ? 'bad' : ''} ${cause ? 'shift' : ''}`}
            title={[cause, outside && 'outside their hours'].filter(Boolean).join(', ')}
          >
            {cell.text}
            {cause && <ClockIcon />}
            {cause && <span class="hidden"> ({cause})</span>}
            {outside && <span class="hidden"> (outside their hours)</span>}
          </td>
        );
      })}
    </tr>
  );
}

interface HeadProps {
  meeting: Meeting;
  week: number;
  open: boolean;
  toggle: (() => void) | null;
}

/** A week's name; whoever may change things opens from it what can be done with that week. */
function WeekHead({ meeting, week, open, toggle }: HeadProps) {
  const { zone } = useBoard();
  const face = (
    <>
      <span class="week">
        week {week}
        {meeting.was_rescheduled && <span class="tag">moved</span>}
      </span>
      <span>
        {shortDate(meeting.start, zone)}
        {toggle && <MoreIcon />}
      </span>
    </>
  );
  return (
    <th scope="col" title={longDate(meeting.start, zone)}>
      {toggle ? (
        <button class="bare week-button" data-week={week} aria-expanded={open} onClick={toggle}>
          {face}
          <span class="hidden">, postpone</span>
        </button>
      ) : (
        face
      )}
    </th>
  );
}

export function WeekStrip({ group }: { group: Group }) {
  const { board, zone, canEdit } = useBoard();
  const [chosen, setChosen] = useState<number | null>(null);
  const strip = useRef<HTMLDivElement>(null);
  const now = Date.now();
  const coming = (meeting: Meeting) => Date.parse(meeting.start) > now;
  const close = () => {
    if (chosen === null) return;
    strip.current?.querySelector<HTMLElement>(`[data-week="${chosen + 1}"]`)?.focus();
    setChosen(null);
  };
  useEffect(close, [board.version]); // postponed, or changed by somebody else
  const shown = { shift: group.members.some((member) => member.local_times.length > 1), bad: group.meetings.some((meeting) => meeting.outside.length > 0) };
  return (
    <>
      <div class="strip-scroll" tabIndex={0} role="region" aria-label="Week by week" ref={strip}>
        <table class="strip">
          <thead>
            <tr>
              <td />
              {group.meetings.map((meeting, index) => (
                <WeekHead
                  key={index}
                  meeting={meeting}
                  week={index + 1}
                  open={chosen === index}
                  toggle={canEdit && coming(meeting) ? () => setChosen(chosen === index ? null : index) : null}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            <tr class="reader">
              <th scope="row">
                Your view
                <span class="quiet">{zone.replace(/_/g, ' ')}</span>
              </th>
              {group.meetings.map((meeting, index) => (
                <td key={index}>{weeklyTime(meeting.start, zone)}</td>
              ))}
            </tr>
            {group.members.map((member) => (
              <MemberRow key={`${member.user_id}-${member.role}`} member={member} meetings={group.meetings} />
            ))}
          </tbody>
        </table>
      </div>
      {(shown.shift || shown.bad) && (
        <ul class="legend quiet">
          {shown.shift && (
            <li>
              <i class="key shift" /> another time than the week before
            </li>
          )}
          {shown.bad && (
            <li>
              <i class="key bad" /> outside their hours
            </li>
          )}
        </ul>
      )}
      {chosen !== null && <PostponeForm key={chosen} group={group} index={chosen} close={close} />}
      {chosen === null && canEdit && group.meetings.some(coming) && <p class="quiet">A holiday, or somebody is ill? Choose a week to postpone it.</p>}
    </>
  );
}
