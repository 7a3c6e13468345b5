// One person: who they are, when they are free, and every group's answer to them.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { useBoard } from '../board';
import { Dialog } from '../parts/dialog';
import { kReasonWords } from '../parts/sidebar';
import { VerdictLine } from '../parts/verdict';
import { groupTimes, weekday } from '../time';
import type { Hours, PersonDetail, Verdict, Verdicts } from '../types';

const kDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function HoursTable({ available, ifNeeded }: { available: Hours; ifNeeded: Hours }) {
  const of = (hours: Hours, day: string) => (hours.hours && typeof hours.hours === 'object' ? (hours.hours[day] ?? []) : []);
  if (typeof available.hours === 'string') return <p class="mono">{available.hours}</p>;
  return (
    <table class="hours">
      <tbody>
        {kDays.map((day, index) => {
          const free = of(available, day);
          const maybe = of(ifNeeded, day);
          if (free.length + maybe.length === 0) return null;
          return (
            <tr key={day}>
              <th scope="row">{weekday(index, 'long')}</th>
              <td>
                {free.map((span) => (
                  <span class="span" key={span}>
                    {span}
                  </span>
                ))}
                {maybe.map((span) => (
                  <span class="span maybe" key={span} title="if needed">
                    ◐ {span}
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

const rank = (verdict: Verdict) => (verdict.here ? 0 : verdict.violations.length > 0 ? 3 : verdict.if_needed ? 2 : 1);

export function PersonDialog({ id, close }: { id: number; close: () => void }) {
  const { board, zone, change } = useBoard();
  const [person, setPerson] = useState<PersonDetail | null>(null);
  const [verdicts, setVerdicts] = useState<Verdicts | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    get<PersonDetail>(`/cohorts/${board.cohort_id}/people/${id}`).then(setPerson, (error: Error) => setFailure(error.message));
    get<Verdicts>(`/cohorts/${board.cohort_id}/people/${id}/verdicts`).then(setVerdicts, () => undefined);
  }, [id, board.version]);
  const pinned = board.groups.some((group) => group.members.some((member) => member.user_id === id && member.pinned));
  const here = board.groups.filter((group) => group.members.some((member) => member.user_id === id));
  const order = verdicts ? [...verdicts.groups].sort((a, b) => rank(a) - rank(b)) : [];
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
          {person.explanation && person.explanation.standing !== 'grouped' && (
            <div class="explanation">
              <strong>{person.explanation.reason ? kReasonWords[person.explanation.reason] : person.explanation.standing.replace('_', ' ')}</strong>
              <p>{person.explanation.detail}</p>
              {person.explanation.cure && <p class="cure">→ {person.explanation.cure.detail}</p>}
              {person.explanation.letter && (
                <details>
                  <summary>A message you could send</summary>
                  <p class="letter">{person.explanation.letter}</p>
                  <button class="small" onClick={() => navigator.clipboard.writeText(person.explanation!.letter!)}>
                    Copy
                  </button>
                </details>
              )}
            </div>
          )}
          {here.length > 0 && (
            <p class="row">
              {person.role === 'facilitator' ? 'Leads' : 'In'} <strong>{here.map((group) => group.group_name).join(', ')}</strong>
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
          <h3>Where they would fit</h3>
          <ul class="fits">
            {order.map((verdict) => {
              const group = board.groups.find((candidate) => candidate.group_id === verdict.group_id);
              if (!group) return null;
              return (
                <li key={verdict.group_id}>
                  <div>
                    <strong>{group.group_name}</strong> <span class="quiet">{groupTimes(group, zone)[0]?.text}</span>
                    <VerdictLine verdict={verdict} board={board} />
                  </div>
                  {!verdict.here && (
                    <button
                      class="small"
                      onClick={async () => {
                        close();
                        await change({ command: person.role === 'facilitator' ? 'lead' : 'move', person: id, group: group.group_id });
                      }}
                    >
                      {person.role === 'facilitator' ? 'Lead' : 'Move'}
                      <span class="hidden"> {group.group_name}</span>
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Dialog>
  );
}
