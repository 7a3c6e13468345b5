// One person: who they are, when they are free, and every group's answer to them.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { useBoard } from '../board';
import { CopyButton } from '../parts/copy-button';
import { Dialog } from '../parts/dialog';
import { kReasonWords } from '../parts/sidebar';
import { VerdictLine } from '../parts/verdict';
import { groupTimes, timeSpan, weekDays, weekday } from '../time';
import type { Hours, PersonDetail, Verdict, Verdicts } from '../types';

const kDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function HoursTable({ available, ifNeeded }: { available: Hours; ifNeeded: Hours }) {
  const of = (hours: Hours, day: string) => (hours.hours && typeof hours.hours === 'object' ? (hours.hours[day] ?? []) : []);
  if (typeof available.hours === 'string') return <p class="mono">{available.hours}</p>;
  if (kDays.every((day) => of(available, day).length + of(ifNeeded, day).length === 0)) return <p class="quiet">None given.</p>;
  return (
    <table class="hours">
      <tbody>
        {weekDays().map((index) => {
          const day = kDays[index];
          const free = of(available, day);
          const maybe = of(ifNeeded, day);
          if (free.length + maybe.length === 0) return null;
          return (
            <tr key={day}>
              <th scope="row">{weekday(index, 'long')}</th>
              <td>
                {free.map((span) => (
                  <span class="span" key={span}>
                    {timeSpan(span)}
                  </span>
                ))}
                {maybe.map((span) => (
                  <span class="span maybe" key={span} title="if needed">
                    ◐ {timeSpan(span)}
                  </span>
                ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const rank = (verdict: Verdict) => (verdict.here ? 0 : verdict.if_needed ? 2 : 1);

/** Every group's answer: those that fit first, the others folded away. */
function Fits({ person, verdicts, close }: { person: PersonDetail; verdicts: Verdicts; close: () => void }) {
  const { board, zone, change } = useBoard();
  const leads = person.role === 'facilitator';
  const fitting = verdicts.groups.filter((verdict) => verdict.here || verdict.violations.length === 0).sort((a, b) => rank(a) - rank(b));
  const others = verdicts.groups.filter((verdict) => !verdict.here && verdict.violations.length > 0);
  const line = (verdict: Verdict) => {
    const group = board.groups.find((candidate) => candidate.group_id === verdict.group_id);
    if (!group) return null;
    return (
      <li key={verdict.group_id}>
        <div>
          <strong>{group.group_name}</strong> <span class="quiet">{groupTimes(group, zone)[0]?.text}</span>
          <VerdictLine verdict={verdict} board={board} timezone={verdicts.timezone} />
        </div>
        {!verdict.here && (
          <button
            class="small"
            onClick={async () => {
              close();
              await change({ command: leads ? 'lead' : 'move', person: person.user_id, group: group.group_id });
            }}
          >
            {leads ? 'Lead' : 'Move'}
            <span class="hidden"> {group.group_name}</span>
          </button>
        )}
      </li>
    );
  };
  return (
    <>
      {fitting.length > 0 ? <ul class="fits">{fitting.map(line)}</ul> : <p class="quiet">No group as it stands.</p>}
      {others.length > 0 && (
        <details>
          <summary>
            {others.length} {others.length === 1 ? 'group does' : 'groups do'} not fit
          </summary>
          <ul class="fits">{others.map(line)}</ul>
        </details>
      )}
    </>
  );
}

export function PersonDialog({ id, close }: { id: number; close: () => void }) {
  const { board, change } = useBoard();
  const [person, setPerson] = useState<PersonDetail | null>(null);
  const [verdicts, setVerdicts] = useState<Verdicts | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    get<PersonDetail>(`/cohorts/${board.cohort_id}/people/${id}`).then(setPerson, (error: Error) => setFailure(error.message));
    get<Verdicts>(`/cohorts/${board.cohort_id}/people/${id}/verdicts`).then(setVerdicts, () => undefined);
  }, [id, board.version]);
  const pinned = board.groups.some((group) => group.members.some((member) => member.user_id === id && member.pinned));
  const here = board.groups.filter((group) => group.members.some((member) => member.user_id === id));
  const told = person?.explanation && person.explanation.standing !== 'grouped' ? person.explanation : null;
  return (
    <Dialog title={person?.name ?? '…'} close={close}>
      {failure && <p class="banner bad">{failure}</p>}
      {person && (
        <>
          <p class="quiet">
            {person.role} · {person.timezone.replace(/_/g, ' ') || 'no time zone'}
            {person.email && (
              <>
                {' · '}
                <a href={`mailto:${person.email}`}>{person.email}</a>
              </>
            )}
            {person.discord_username && ` · ${person.discord_username} on Discord`}
          </p>
          {told && (
            <div class="explanation">
              <strong>{told.reason ? kReasonWords[told.reason] : told.standing.replace('_', ' ')}</strong>
              <p>{told.detail}</p>
              {told.cure && <p class="cure">{told.cure.detail}</p>}
              {told.letter && (
                <details>
                  <summary>A message you could send</summary>
                  <p class="letter">{told.letter}</p>
                  <CopyButton text={told.letter} />
                </details>
              )}
            </div>
          )}
          {here.length > 0 && (
            <p class="row">
              {person.role === 'facilitator' ? 'Leads' : 'In'} <strong>{here.map((group) => group.group_name).join(', ')}</strong>
              <span class="spring" />
              <button class="small" aria-pressed={pinned} onClick={() => change({ command: pinned ? 'unpin' : 'pin', person: id })}>
                {pinned ? 'Pinned here' : 'Pin here'}
              </button>
              {here.map((group) => (
                <button key={group.group_id} class="small" onClick={() => change({ command: 'remove', person: id, group: group.group_id })}>
                  Remove{here.length > 1 ? ` from ${group.group_name}` : ''}
                </button>
              ))}
            </p>
          )}
          <h3>Free on their own clock</h3>
          <HoursTable available={person.available} ifNeeded={person.if_needed} />
          <h3>{person.role === 'facilitator' ? 'What they could lead' : 'Where they would fit'}</h3>
          {verdicts && <Fits person={person} verdicts={verdicts} close={close} />}
        </>
      )}
    </Dialog>
  );
}
