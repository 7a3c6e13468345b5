// One plan beside others: what it achieves, when its groups meet, whom it leaves out.
import { useBoard } from '../board';
import { localMinute, timeOfDay, weekDays, weekday } from '../time';
import type { Plan } from '../types';
import { kReasonWords } from './sidebar';

const kDay = 24 * 60;

/** When the plan's groups meet, as minutes of the week in a zone, in order; two groups at one time are two. */
export function timesOf(plan: Plan, zone: string): number[] {
  const minutes = [...plan.groups, ...plan.additions].filter((group) => group.first_meeting).map((group) => localMinute(group.first_meeting!, zone));
  return minutes.sort((a, b) => a - b);
}

function rulesOf(plan: Plan, min: number, max: number): string {
  const parts = [
    plan.options.reform ? 'anew, around pins' : '',
    plan.options.min_size !== null || plan.options.max_size !== null
      ? `sizes ${plan.options.min_size ?? min}–${plan.options.max_size ?? max}`
      : '',
    plan.options.use_if_needed === false ? 'without if needed' : '',
  ];
  return parts.filter(Boolean).join(', ') || 'by the cohort’s own rules';
}

function Times({ times, others }: { times: number[]; others: number[][] }) {
  const elsewhere = new Set(others.flat());
  return (
    <table class="times">
      <caption class="hidden">When groups meet</caption>
      <tbody>
        {weekDays().map((day) => {
          const here = times.filter((minute) => Math.floor(minute / kDay) === day);
          return (
            <tr key={day}>
              <th scope="row">{weekday(day)}</th>
              <td>
                {here.map((minute, index) => {
                  const own = others.length > 0 && !elsewhere.has(minute);
                  return (
                    <span key={index} class={own ? 'own' : ''} title={own ? 'Only this plan meets then' : undefined}>
                      {timeOfDay(minute % kDay)}
                      {own && <span class="hidden"> (only here)</span>}
                    </span>
                  );
                })}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function sizeSpan(sizes: number[]): string {
  if (sizes.length === 0) return '–';
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? `${least}` : `${least}–${most}`;
}

interface Props {
  plan: Plan;
  best: boolean;
  times: number[];
  /** The times of the plans beside it; what only this one has stands out. */
  others: number[][];
  accept: () => void;
  drop: () => void;
}

export function PlanColumn({ plan, best, times, others, accept, drop }: Props) {
  const { rules } = useBoard().board;
  const proven = plan.plan_status === 'optimal';
  const sizes = plan.groups.map((group) => group.size);
  const empty = plan.groups.length + plan.additions.length + plan.dissolved === 0;
  const obstacle = plan.stale ? 'The cohort has changed since; solve again' : empty ? 'There is no group in it' : '';
  return (
    <article class={`plan ${best ? 'best' : ''} ${plan.stale ? 'stale' : ''}`} data-plan={plan.plan_id}>
      <header>
        <h4>Plan {plan.plan_id}</h4>
        <span class={`tag ${proven && !plan.stale ? 'good' : ''}`}>{plan.stale ? 'out of date' : proven ? 'proven best' : `at most ${plan.bound.placed}`}</span>
        <span class="buttons">
          <button class="bare" onClick={drop} aria-label={`Discard plan ${plan.plan_id}`}>
            Discard
          </button>
          <button class="primary small" disabled={obstacle !== ''} title={obstacle} onClick={accept}>
            Accept<span class="hidden"> plan {plan.plan_id}</span>
          </button>
        </span>
      </header>
      <p class="quiet">{rulesOf(plan, rules.min_size, rules.max_size)}</p>
      <dl>
        <dt>Placed</dt>
        <dd>{plan.objective.placed}</dd>
        <dt>If needed</dt>
        <dd>{plan.objective.if_needed}</dd>
        <dt>New groups</dt>
        <dd>{plan.groups.length}</dd>
        <dt>Sizes</dt>
        <dd>{sizeSpan(sizes)}</dd>
        {plan.dissolved > 0 && (
          <>
            <dt>Dissolved</dt>
            <dd>{plan.dissolved}</dd>
          </>
        )}
        <dt>Left out</dt>
        <dd>{plan.unassigned.length}</dd>
      </dl>
      {empty ? <p>No group can be formed by these rules. Smaller groups may help, or more hours: see who is left out, and what would help, on the board.</p> : <Times times={times} others={others} />}
      <details hidden={empty}>
        <summary>Who is in which group</summary>
        <ul class="plan-groups">
          {[...plan.groups, ...plan.additions].map((group) => (
            <li key={group.group_name}>
              <strong>{group.group_name}</strong> <span class="quiet">{group.members.map((member) => member.name).join(', ')}</span>
            </li>
          ))}
        </ul>
      </details>
      {plan.unassigned.length > 0 && (
        <details>
          <summary>Who is left out</summary>
          <ul class="plan-groups">
            {plan.unassigned.map((person) => (
              <li key={person.user_id}>
                {person.name} <span class="quiet">{kReasonWords[person.reason] ?? person.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}
