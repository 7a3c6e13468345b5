// One group.
import { memo } from 'preact/compat';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { type Carried, useBoard } from '../board';
import { finds } from '../search';
import { clock, groupTimes, localWeekly, shortDate } from '../time';
import type { Board, Group, Verdict } from '../types';
import { Chip } from './chip';
import { DragContext } from './drag-context';
import { ClockIcon, PinIcon } from './icons';
import { VerdictLine, kindOf } from './verdict';

const kMostDots = 12;

/** Seats as dots: taken, free up to the most, and where the least lies. */
function Seats({ size, min, max }: { size: number; min: number; max: number }) {
  const state = size < min ? 'too few' : size > max ? 'too many' : '';
  const dots = Math.max(max, size);
  return (
    <span class={`seats ${state ? 'off' : ''}`} title={`${size} of ${min} to ${max}${state ? `: ${state}` : ''}`}>
      {dots <= kMostDots && (
        <span class="dots" aria-hidden="true">
          {Array.from({ length: dots }, (_, seat) => (
            <i key={seat} class={seat < size ? 'taken' : seat < min ? 'wanted' : 'free'} />
          ))}
        </span>
      )}
      <span>
        <strong>{size}</strong> of {min}–{max}
        {state && `, ${state}`}
      </span>
    </span>
  );
}

/** One bar per meeting: whether everybody can come. */
function Weeks({ group, zone }: { group: Group; zone: string }) {
  const count = group.meetings.length;
  const good = group.meetings.filter((meeting) => meeting.outside.length === 0).length;
  if (count === 0) return null;
  return (
    <span class="fit" role="img" aria-label={good === count ? `All ${count} weeks suit everybody` : `${good} of ${count} weeks suit everybody`}>
      <span class="weeks">
        {group.meetings.map((meeting, index) => (
          <i
            key={index}
            class={meeting.outside.length > 0 ? 'bad' : meeting.was_rescheduled ? 'moved' : ''}
            title={`${shortDate(meeting.start, zone)}: ${meeting.outside.length > 0 ? `${meeting.outside.length} cannot come` : 'suits everybody'}`}
          />
        ))}
      </span>
      <span>
        {good === count ? `${count} weeks fit` : `${good} of ${count} weeks fit`}
      </span>
    </span>
  );
}

interface FaceProps {
  group: Group;
  board: Board;
  zone: string;
  canEdit: boolean;
  /** What is searched for, folded; empty: nothing. */
  search: string;
}

/** Everything but the verdict, so that picking somebody up does not draw all of it anew. */
const Face = memo(function Face({ group, board, zone, canEdit, search }: FaceProps) {
  const { change, openGroup } = useBoard();
  const times = groupTimes(group, zone);
  const usual = times[0]?.from ?? 0;
  const local = (member: Group['members'][number]) => {
    const now = member.local_times.filter((spell) => spell.first_meeting <= usual).at(-1);
    return now ? localWeekly(now.local) : '';
  };
  return (
    <>
      <header>
        <h3 id={`group-${group.group_id}`}>
          <button class="bare title" title={group.group_name} onClick={() => openGroup(group.group_id)}>
            {group.group_name}
          </button>
        </h3>
        {group.realized && <span class="tag">on Discord</span>}
        {canEdit && (
          <button
            class={`bare pin ${group.pinned ? 'on' : ''}`}
            aria-pressed={group.pinned}
            aria-label={`Pin ${group.group_name}`}
            title={group.pinned ? 'Pinned: its time and facilitator stay' : 'Pin its time and facilitator'}
            onClick={() => change({ command: group.pinned ? 'unpin' : 'pin', group: group.group_id })}
          >
            <PinIcon filled={group.pinned} />
          </button>
        )}
      </header>
      <div class="when">
        <strong>{times[0]?.text ?? 'no time yet'}</strong>
        {group.meetings.length > 0 && zone !== 'UTC' && <span class="quiet">{clock(group.meetings[usual].start, 'UTC')} UTC</span>}
        {times.slice(1).map((spell) => (
          <span class="shifted" key={spell.from} title={spell.alone ? 'This meeting was moved' : 'Clocks change'}>
            <ClockIcon /> {spell.text} {spell.alone ? 'only on' : 'from'} {shortDate(group.meetings[spell.from].start, zone)}
          </span>
        ))}
      </div>
      <ul class="members">
        {group.members.map((member) => (
          <li key={`${member.user_id}-${member.role}`}>
            <Chip
              line
              user_id={member.user_id}
              name={member.name}
              role={member.role}
              note={local(member)}
              ifNeeded={member.if_needed}
              pinned={member.pinned}
              found={search !== '' && finds(member.name, search)}
              bad={member.problem || (member.outside.length > 0 ? `cannot come to ${member.outside.length} of ${group.meetings.length} meetings` : undefined)}
            />
          </li>
        ))}
        {group.members.length === 0 && <li class="quiet">nobody yet</li>}
      </ul>
      {group.violations.length > 0 && (
        <ul class="violations">
          {group.violations.map((violation) => (
            <li key={violation}>{violation}</li>
          ))}
        </ul>
      )}
      <footer>
        <Seats size={group.size} min={board.rules.min_size} max={board.rules.max_size} />
        <Weeks group={group} zone={zone} />
      </footer>
    </>
  );
});

interface Props {
  group: Group;
  verdict: Verdict | undefined;
  hovered: boolean;
  carried: Carried | null;
  board: Board;
  /** Of whoever is carried. */
  timezone: string;
  search: string;
}

export const Card = memo(function Card({ group, verdict, hovered, carried, board, timezone, search }: Props) {
  const { zone, canEdit, putDown } = useBoard();
  const drag = useContext(DragContext);
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!canEdit || !drag || !element.current) return undefined;
    return drag.droppable(element.current, group.group_id);
  }, [group.group_id, canEdit, drag]);

  const kind = verdict ? kindOf(verdict) : '';
  return (
    <article
      ref={element}
      class={`card ${kind} ${hovered ? 'hovered' : ''} ${carried ? 'judging' : ''}`}
      aria-labelledby={`group-${group.group_id}`}
      data-group={group.group_id}
    >
      <Face group={group} board={board} zone={zone} canEdit={canEdit} search={search} />
      {carried && (
        <div class="judgement">
          {verdict ? <VerdictLine verdict={verdict} board={board} timezone={timezone} /> : <p class="verdict">…</p>}
          {carried.byKeyboard && verdict && !verdict.here && (
            <button class="small drop" data-drop={group.group_id} onClick={() => putDown(group.group_id)}>
              {carried.role === 'facilitator' ? 'Lead' : 'Move'} here<span class="hidden"> to {group.group_name}</span>
            </button>
          )}
        </div>
      )}
    </article>
  );
});
