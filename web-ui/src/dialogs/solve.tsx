// Solve with chosen rules, watch how near the best is, compare what was found, accept one.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Refused, get, listen, post, remove } from '../api';
import { useBoard } from '../board';
import { ConvergenceChart, type Sample } from '../parts/chart';
import { Dialog } from '../parts/dialog';
import { kReasonWords } from '../parts/sidebar';
import { localWeekly } from '../time';
import type { Plan, SolveEvent } from '../types';

const kEndings: Record<string, string> = {
  nothing_to_schedule: 'Nobody would be placed better than now: nothing to accept.',
  interrupted: 'Stopped.',
  out_of_time: 'The time was up before any group was found. Give it more.',
};

function rulesOf(plan: Plan, min: number, max: number): string {
  const parts = [
    plan.options.reform ? 'anew, around pins' : '',
    plan.options.min_size !== null || plan.options.max_size !== null
      ? `sizes ${plan.options.min_size ?? min}–${plan.options.max_size ?? max}`
      : '',
    plan.options.use_if_needed === false ? 'without if needed' : '',
  ];
  return parts.filter(Boolean).join(', ') || 'the cohort’s own rules';
}

function PlanColumn({ plan, best, accept, drop }: { plan: Plan; best: boolean; accept: () => void; drop: () => void }) {
  const { rules } = useBoard().board;
  const proven = plan.plan_status === 'optimal';
  const sizes = plan.groups.map((group) => group.size);
  return (
    <article class={`plan ${best ? 'best' : ''} ${plan.stale ? 'stale' : ''}`} data-plan={plan.plan_id}>
      <header>
        <h4>Plan {plan.plan_id}</h4>
        <span class={`tag ${proven ? 'good' : ''}`}>{proven ? 'proven best' : `at most ${plan.bound.placed}`}</span>
      </header>
      <p class="quiet">{rulesOf(plan, rules.min_size, rules.max_size)}</p>
      <dl>
        <dt>placed in all</dt>
        <dd>{plan.objective.placed}</dd>
        <dt>if needed</dt>
        <dd>{plan.objective.if_needed}</dd>
        <dt>new groups</dt>
        <dd>{plan.groups.length}</dd>
        <dt>sizes</dt>
        <dd>{sizes.length > 0 ? `${Math.min(...sizes)}–${Math.max(...sizes)}` : '–'}</dd>
        <dt>groups dissolved</dt>
        <dd>{plan.dissolved}</dd>
        <dt>left out</dt>
        <dd>{plan.unassigned.length}</dd>
      </dl>
      <details>
        <summary>Groups</summary>
        <ul class="plan-groups">
          {[...plan.groups, ...plan.additions].map((group) => (
            <li key={group.group_name}>
              <strong>{group.group_name}</strong> <span class="quiet">{localWeekly(group.meeting_time_utc)} UTC</span>
              <br />
              {group.members.map((member) => member.name).join(', ')}
            </li>
          ))}
        </ul>
      </details>
      {plan.unassigned.length > 0 && (
        <details>
          <summary>Left out</summary>
          <ul class="plan-groups">
            {plan.unassigned.map((person) => (
              <li key={person.user_id}>
                {person.name} <span class="quiet">{kReasonWords[person.reason] ?? person.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div class="buttons">
        <button class="bare" onClick={drop} aria-label={`Discard plan ${plan.plan_id}`}>
          Discard
        </button>
        <button class="primary small" disabled={plan.stale} title={plan.stale ? 'The cohort has changed since; solve again' : ''} onClick={accept}>
          Accept<span class="hidden"> plan {plan.plan_id}</span>
        </button>
      </div>
    </article>
  );
}

export function SolveDialog({ close, reload }: { close: () => void; reload: () => Promise<unknown> }) {
  const { board } = useBoard();
  const [min, setMin] = useState(board.rules.min_size);
  const [max, setMax] = useState(board.rules.max_size);
  const [ifNeeded, setIfNeeded] = useState(board.rules.use_if_needed);
  const [reform, setReform] = useState(board.groups.length > 0);
  const [seconds, setSeconds] = useState(30);
  const [alternatives, setAlternatives] = useState(false);
  const [job, setJob] = useState('');
  const [samples, setSamples] = useState<Sample[]>([]);
  const [told, setTold] = useState('');
  const [failure, setFailure] = useState('');
  const [plans, setPlans] = useState<Plan[]>([]);
  const stopListening = useRef<() => void>(() => undefined);

  const loadPlans = useCallback(
    () => get<{ plans: Plan[] }>(`/cohorts/${board.cohort_id}/plans`).then((reply) => setPlans(reply.plans)),
    [board.cohort_id],
  );
  useEffect(() => {
    void loadPlans();
    return () => stopListening.current();
  }, [loadPlans]);

  const solve = async () => {
    setFailure('');
    setTold('');
    setSamples([]);
    try {
      const reply = await post<{ job: string }>(`/cohorts/${board.cohort_id}/runs`, {
        min_size: min === board.rules.min_size ? null : min,
        max_size: max === board.rules.max_size ? null : max,
        use_if_needed: ifNeeded,
        reform,
        time_limit_seconds: seconds,
        plans: alternatives ? 3 : 1,
      });
      setJob(reply.job);
      stopListening.current = listen<SolveEvent>(
        reply.job,
        (event) => {
          if (event.type === 'failed') {
            setFailure(event.message ?? 'It failed.');
            return;
          }
          setSamples((before) => [
            ...before,
            { seconds: event.elapsed_ms / 1000, incumbent: event.incumbent.placed, bound: event.bound.placed },
          ]);
          if (event.type === 'done') setTold(kEndings[event.status ?? ''] ?? '');
        },
        () => {
          setJob('');
          void loadPlans();
        },
      );
    } catch (error) {
      setFailure((error as Error).message);
    }
  };

  const accept = async (plan: Plan) => {
    try {
      await post(`/cohorts/${board.cohort_id}/plans/${plan.plan_id}/accept`);
      await reload();
      close();
    } catch (error) {
      setFailure(error instanceof Refused ? error.message : 'The server does not answer.');
      void loadPlans();
    }
  };

  const best = plans.reduce<Plan | null>((found, plan) => (better(plan, found) ? plan : found), null);
  return (
    <Dialog title="Solve" close={close} wide>
      {failure && (
        <p class="banner bad" role="alert">
          {failure}
        </p>
      )}
      <form
        class="rules"
        onSubmit={(event) => {
          event.preventDefault();
          void solve();
        }}
      >
        <label class="field">
          Smallest group
          <input type="number" min={1} max={100} value={min} onInput={(event) => setMin(event.currentTarget.valueAsNumber)} />
        </label>
        <label class="field">
          Largest group
          <input type="number" min={1} max={100} value={max} onInput={(event) => setMax(event.currentTarget.valueAsNumber)} />
        </label>
        <label class="field">
          Seconds at most
          <input type="number" min={1} max={600} value={seconds} onInput={(event) => setSeconds(event.currentTarget.valueAsNumber)} />
        </label>
        <label class="check">
          <input type="checkbox" checked={ifNeeded} onChange={(event) => setIfNeeded(event.currentTarget.checked)} /> use if-needed hours
        </label>
        {board.groups.length > 0 && (
          <label class="check">
            <input type="checkbox" checked={reform} onChange={(event) => setReform(event.currentTarget.checked)} /> form groups anew around pins
          </label>
        )}
        <label class="check">
          <input type="checkbox" checked={alternatives} onChange={(event) => setAlternatives(event.currentTarget.checked)} /> show alternatives
        </label>
        {job === '' ? (
          <button class="primary">Solve</button>
        ) : (
          <button type="button" onClick={() => remove(`/jobs/${job}`)}>
            Stop
          </button>
        )}
      </form>
      {samples.length > 0 && <ConvergenceChart samples={samples} running={job !== ''} />}
      {told && <p class="banner info">{told}</p>}
      {plans.length > 0 && (
        <>
          <h3>Plans to compare</h3>
          <div class="plans">
            {plans.map((plan) => (
              <PlanColumn
                key={plan.plan_id}
                plan={plan}
                best={plans.length > 1 && plan === best}
                accept={() => void accept(plan)}
                drop={() => void remove(`/cohorts/${board.cohort_id}/plans/${plan.plan_id}`).then(loadPlans)}
              />
            ))}
          </div>
        </>
      )}
    </Dialog>
  );
}

function better(plan: Plan, than: Plan | null): boolean {
  if (plan.stale) return false;
  if (!than) return true;
  if (plan.objective.placed !== than.objective.placed) return plan.objective.placed > than.objective.placed;
  return plan.objective.if_needed < than.objective.if_needed;
}
