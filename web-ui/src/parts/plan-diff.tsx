// What publishing would do, or could not do, as a diff: group by group, each step with what it changes.
import { useMemo } from 'preact/hooks';
import { useBoard } from '../board';
import { withLocalTimes } from '../time';
import type { Step } from '../types';
import { counted } from '../words';

const kActions: Record<Step['action'], { sign: string; toDo: string; said: string }> = {
  create: { sign: '+', toDo: 'to create', said: 'create' },
  update: { sign: '~', toDo: 'to change', said: 'change' },
  grant: { sign: '+', toDo: 'to let in', said: 'give' },
  withdraw: { sign: '−', toDo: 'to shut out', said: 'end' },
  delete: { sign: '−', toDo: 'to delete', said: 'delete' },
  adopt: { sign: '=', toDo: 'found again', said: 'found again' },
};
const isAccess = (step: Step) => step.action === 'grant' || step.action === 'withdraw';

/** `1 category, 24 text channels, …`, in the order of the steps. */
function tally(steps: Step[]): string {
  const counts = new Map<string, number>();
  for (const step of steps) counts.set(step.object, (counts.get(step.object) ?? 0) + 1);
  return [...counts].map(([what, count]) => counted(count, what, what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`)).join(', ');
}

const kMostNames = 3;

/** Whom steps of access concern: each of them has one step for each channel. */
function peopleIn(steps: Step[]): string {
  const names = [...new Set(steps.map((step) => step.name))];
  return names.length > kMostNames ? `${names.length} people` : names.join(', ');
}

/** How much of each kind, and of what. */
export function Totals({ steps }: { steps: Step[] }) {
  const kinds = (Object.keys(kActions) as Step['action'][]).map((action) => ({ action, of: steps.filter((step) => step.action === action) }));
  return (
    <ul class="totals">
      {kinds
        .filter(({ of }) => of.length > 0)
        .map(({ action, of }) => (
          <li key={action} class={action}>
            <span class="sign" aria-hidden="true">
              {kActions[action].sign}
            </span>
            <span>
              <strong>
                {of.length} {kActions[action].toDo}
              </strong>{' '}
              <span class="quiet">{isAccess(of[0]) ? peopleIn(of) : tally(of)}</span>
            </span>
          </li>
        ))}
    </ul>
  );
}

function Line({ step }: { step: Step }) {
  const { zone } = useBoard();
  const { sign, said } = kActions[step.action];
  return (
    <li class={step.action}>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      <span>
        <span class="hidden">{said} </span>
        <span class="object">{step.object}</span>
        {isAccess(step) && <span class="hidden"> of</span>} <bdi class="name">{step.name}</bdi> <span class="quiet">{withLocalTimes(step.detail, zone)}</span>
        {step.changes && (
          <ul class="changes">
            {step.changes.map((change) => (
              <li key={change.field}>
                {change.field}: <span class="hidden">from </span>
                <del>{withLocalTimes(change.before, zone)}</del> <span aria-hidden="true">→</span>
                <span class="hidden"> to </span> <ins>{withLocalTimes(change.after, zone)}</ins>
              </li>
            ))}
          </ul>
        )}
      </span>
    </li>
  );
}

/** `3 to create, 1 to change`, so that a folded group says what is in it. */
function Signs({ steps }: { steps: Step[] }) {
  const counts = new Map<string, number>();
  for (const step of steps) counts.set(kActions[step.action].toDo, (counts.get(kActions[step.action].toDo) ?? 0) + 1);
  return <span class="quiet">{[...counts].map(([what, count]) => `${count} ${what}`).join(', ')}</span>;
}

export function PlanDiff({ steps }: { steps: Step[] }) {
  const byGroup = useMemo(() => {
    const groups = new Map<string, Step[]>();
    for (const step of steps) groups.set(step.group, [...(groups.get(step.group) ?? []), step]);
    return [...groups];
  }, [steps]);
  if (steps.length === 0) return null;
  return (
    <div class="diff" tabIndex={0} role="region" aria-label="Changes">
      {byGroup.map(([group, changes], position) => (
        <details key={group} open={position < 2 || byGroup.length < 6 || steps.length < 40}>
          <summary>
            <bdi>{group || 'The cohort'}</bdi> <Signs steps={changes} />
          </summary>
          <ul>
            {changes.map((step, index) => (
              <Line key={index} step={step} />
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}
